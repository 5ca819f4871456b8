package dev.tidings.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.attempt.SendResult.Broken;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.webhook.Authentication.Client;
import dev.tidings.webhook.Authentication.OAuth2;
import dev.tidings.webhook.Endpoint;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One request for an access token. It passes the same gate as a delivery, has half of an attempt's time, so that a slow
 * authorization server is named and not the receiver, and reads no more of the answer than of a receiver's.
 */
@Singleton
class TokenCall {
    private final Gate gate;
    private final Clients clients;
    private final EgressConfig config;
    private final Duration patience;
    private final InstantSource clock;

    @Inject
    TokenCall(Gate gate, Clients clients, EgressConfig config, InstantSource clock) {
        this(gate, clients, config, Duration.ofMillis(config.attemptTimeoutMillis() / 2), clock);
    }

    TokenCall(Gate gate, Clients clients, EgressConfig config, Duration patience, InstantSource clock) {
        this.gate = gate;
        this.clients = clients;
        this.config = config;
        this.patience = patience;
        this.clock = clock;
    }

    Uni<AccessToken> fetch(Endpoint endpoint, OAuth2 oauth2) {
        return Uni.createFrom().deferred(() -> {
            Target target = Target.of(oauth2.tokenUrl());
            return answer(endpoint, oauth2, target)
                    .map(answered -> token(answered, target))
                    .onFailure()
                    .transform(failure -> failed(failure, target));
        });
    }

    private Uni<Answered> answer(Endpoint endpoint, OAuth2 oauth2, Target target) {
        var call = new Call(clock, clients.peers(), new Trail());
        return gate.pass(target)
                .map(request -> authenticated(request, oauth2.client()))
                .flatMap(request -> call.run(clients.of(endpoint, target), request, form(oauth2)))
                .ifNoItem()
                .after(patience)
                .fail()
                .onFailure()
                .invoke(call::abort);
    }

    private static RequestOptions authenticated(RequestOptions request, Client client) {
        request.putHeader("content-type", "application/x-www-form-urlencoded").putHeader("accept", "application/json");
        if (!client.inBody()) {
            // Encoded twice: RFC 6749, 2.3.1.
            String credentials = encode(client.id()) + ":" + encode(client.secret());
            request.putHeader("authorization", BasicCredentials.of(credentials));
        }
        return request;
    }

    private static byte[] form(OAuth2 oauth2) {
        var form = new StringBuilder("grant_type=client_credentials");
        append(form, "scope", oauth2.scope());
        append(form, "audience", oauth2.audience());
        if (oauth2.client().inBody()) {
            append(form, "client_id", oauth2.client().id());
            append(form, "client_secret", oauth2.client().secret());
        }
        return form.toString().getBytes(UTF_8);
    }

    private static void append(StringBuilder form, String name, @Nullable String value) {
        if (value != null) {
            form.append('&').append(name).append('=').append(encode(value));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static AccessToken token(Answered answered, Target target) {
        if (answered.statusCode() / 100 != 2) {
            String code = AccessToken.error(answered.body())
                    .map(error -> " (" + error + ")")
                    .orElse("");
            throw refusal(target, "it answered " + answered.statusCode() + code);
        }
        return AccessToken.in(answered.body())
                .orElseThrow(() ->
                        refusal(target, "it answered " + answered.statusCode() + ", but with no bearer token in JSON"));
    }

    private static BrokenException refusal(Target target, String reason) {
        return new BrokenException(
                Fault.TOKEN, "No access token from " + target + ", and so the receiver was not asked: " + reason);
    }

    private Throwable failed(Throwable failure, Target target) {
        if (failure instanceof BrokenException known && known.result().fault() == Fault.TOKEN) {
            return failure;
        }
        if (failure instanceof TimeoutException) {
            return refusal(target, "no whole answer within " + Faults.seconds(patience.toMillis()));
        }
        Broken broken = (Broken) Faults.of(failure, target, config);
        if (broken.fault() == Fault.PROXY) {
            return new BrokenException(Fault.PROXY, broken.error());
        }
        String sentence = broken.error();
        return refusal(target, Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1));
    }
}
