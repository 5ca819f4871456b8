package dev.tidings.egress;

import dev.tidings.egress.Outgoing.Mode;
import dev.tidings.testing.*;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void probe() throws Exception {
        for (var kind : new String[] {"h1 hang", "h1 late"}) {
            try (var sender = TestSender.of(EgressSettings.forTests());
                    var receiver = StubReceiver.tlsWithoutHttp2()) {
                receiver.always(
                        kind.endsWith("hang")
                                ? new Reaction.Hang()
                                : new Reaction.Late(Duration.ofMillis(100), StubReceiver.Answer.of(200)));
                long t = System.nanoTime();
                var all = IntStream.range(0, 64)
                        .mapToObj(i -> sender.begin(Endpoints.attempt(Endpoints.plain(receiver.url("/")), Mode.USUAL)))
                        .toList();
                if (kind.endsWith("late")) all.forEach(f -> f.join());
                else new java.util.concurrent.CountDownLatch(1).await(8, java.util.concurrent.TimeUnit.SECONDS);
                System.out.println(
                        "PROBE " + kind + " arrived=" + receiver.requests().size() + " connections="
                                + receiver.connections() + " ms=" + (System.nanoTime() - t) / 1_000_000);
            }
        }
    }
}
