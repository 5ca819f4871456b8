package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidings.attempt.SendResult.Fault;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AddressGuardTest {
    private final AtomicInteger lookUps = new AtomicInteger();
    private final List<AddressGuard> made = new ArrayList<>();
    private Instant now = TestSender.NOW;

    @AfterEach
    void close() {
        made.forEach(AddressGuard::close);
    }

    private AddressGuard guard(EgressConfig settings, AddressGuard.Resolver resolver) {
        var guard = new AddressGuard(settings, () -> now, host -> {
            lookUps.incrementAndGet();
            return resolver.resolve(host);
        });
        made.add(guard);
        return guard;
    }

    private AddressGuard leadingTo(String... literals) {
        return guard(EgressSettings.forProduction(), host -> addresses(literals));
    }

    private static List<InetAddress> addresses(String... literals) throws UnknownHostException {
        var addresses = new ArrayList<InetAddress>();
        for (String literal : literals) {
            addresses.add(InetAddress.getByName(literal));
        }
        return addresses;
    }

    private static CompletableFuture<InetAddress> ask(AddressGuard guard, String host) {
        return guard.vet(host).subscribeAsCompletionStage();
    }

    private static InetAddress vet(AddressGuard guard) {
        return ask(guard, "hooks.example.com").orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static Fault refusal(AddressGuard guard) {
        var thrown = catchThrowableOfType(CompletionException.class, () -> vet(guard));
        assertThat(thrown).hasCauseInstanceOf(BrokenException.class);
        return ((BrokenException) Objects.requireNonNull(thrown.getCause()))
                .result()
                .fault();
    }

    @Test
    void thePublicAddressIsAnswered() throws UnknownHostException {
        assertThat(vet(leadingTo("1.1.1.1", "2606:4700::1111"))).isEqualTo(InetAddress.getByName("1.1.1.1"));
    }

    @Test
    void oneAddressThatIsNotPublicIsEnoughToRefuse() {
        assertThat(refusal(leadingTo("1.1.1.1", "10.0.0.7"))).isEqualTo(Fault.FORBIDDEN_ADDRESS);
        assertThat(refusal(leadingTo("::ffff:169.254.169.254"))).isEqualTo(Fault.FORBIDDEN_ADDRESS);
        assertThat(refusal(leadingTo("127.0.0.1"))).isEqualTo(Fault.FORBIDDEN_ADDRESS);
    }

    @Test
    void loopbackIsForWhomItIsAllowed() {
        assertThat(vet(guard(EgressSettings.forTests(), host -> addresses("127.0.0.1")))
                        .isLoopbackAddress())
                .isTrue();
        assertThat(refusal(guard(EgressSettings.forTests(), host -> addresses("192.168.0.1"))))
                .isEqualTo(Fault.FORBIDDEN_ADDRESS);
    }

    @Test
    void howeverLoopbackIsWrittenItIsLoopback() {
        // What the operating system's resolver makes of these differs; none may ever be called in production.
        var guard = new AddressGuard(EgressSettings.forProduction(), () -> now, Vertx.vertx());
        made.add(guard);
        assertThat(Stream.of("localhost", "127.1", "0x7f.1", "2130706433", "::1", "::ffff:127.0.0.1", "0"))
                .allSatisfy(host -> assertThatThrownBy(() ->
                                ask(guard, host).orTimeout(20, TimeUnit.SECONDS).join())
                        .hasCauseInstanceOf(BrokenException.class));
    }

    @Test
    void anAnswerHoldsForItsTime() {
        var guard = leadingTo("1.1.1.1");

        vet(guard);
        now = now.plusMillis(4_999);
        vet(guard);
        assertThat(lookUps).hasValue(1);

        now = now.plusMillis(1);
        vet(guard);
        assertThat(lookUps).hasValue(2);
    }

    @Test
    void aNameThatMovesToAForbiddenAddressIsRefusedFromThenOn() {
        var answers = new ArrayList<>(List.of("1.1.1.1", "127.0.0.1"));
        var guard = guard(EgressSettings.forProduction(), host -> addresses(answers.removeFirst()));

        vet(guard);
        now = now.plus(Duration.ofSeconds(5));

        assertThat(refusal(guard)).isEqualTo(Fault.FORBIDDEN_ADDRESS);
    }

    @Test
    void aFailureIsNotKept() {
        var failsOnce = new AtomicInteger();
        var guard = guard(EgressSettings.forProduction(), host -> {
            if (failsOnce.getAndIncrement() == 0) {
                throw new UnknownHostException(host);
            }
            return addresses("1.1.1.1");
        });

        assertThat(refusal(guard)).isEqualTo(Fault.DNS);
        assertThat(vet(guard)).isNotNull();
    }

    @Test
    void aNameServerThatHangsHoldsOneThreadPerHostAndNoOtherHost() throws InterruptedException {
        var answersAtLast = new CountDownLatch(1);
        var guard = guard(EgressSettings.forProduction(), host -> {
            if (host.equals("slow.example.com")) {
                awaitUninterruptibly(answersAtLast);
            }
            return addresses("1.1.1.1");
        });

        var waiting = IntStream.range(0, 1_000)
                .mapToObj(i -> ask(guard, "slow.example.com"))
                .toList();
        // Who gives up does not take the answer from the others.
        waiting.getFirst().cancel(true);

        assertThat(vet(guard)).isNotNull();
        assertThat(waiting.getLast()).isNotDone();
        answersAtLast.countDown();
        assertThat(waiting.getLast().orTimeout(10, TimeUnit.SECONDS).join()).isNotNull();
        assertThat(lookUps).hasValue(2);
    }

    @Test
    void howManyHostsAreKeptIsBounded() {
        var guard = leadingTo("1.1.1.1");

        for (int i = 0; i < 25_000; i++) {
            ask(guard, "host" + i + ".example.com").join();
        }

        assertThat(guard.kept()).isLessThanOrEqualTo(10_000);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
