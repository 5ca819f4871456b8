package dev.tidings.egress;

import dev.tidings.attempt.SendResult.Answered;
import dev.tidings.webhook.Authentication;
import dev.tidings.webhook.Authentication.Carrier;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Singleton;

/** Puts into a request what tells the receiver that it is from us. */
@Singleton
class Authorization {
    private static final int UNAUTHORIZED = 401;

    private final TokenMinter minter;
    private final TokenFetcher fetcher;

    Authorization(TokenMinter minter, TokenFetcher fetcher) {
        this.minter = minter;
        this.fetcher = fetcher;
    }

    /** The request with its credentials. Emits on whatever thread has them. */
    Uni<RequestOptions> put(Outgoing outgoing, RequestOptions request) {
        return switch (outgoing.endpoint().authentication()) {
            case Authentication.None none -> Uni.createFrom().item(request);
            case Authentication.Basic basic -> {
                String value = BasicCredentials.of(basic.username() + ":" + basic.password());
                DeliveryHeaders.put(request.getHeaders(), Authentication.AUTHORIZATION, value);
                yield Uni.createFrom().item(request);
            }
            case Authentication.OAuth2 oauth2 ->
                fetcher.token(outgoing.endpoint(), oauth2).map(token -> carry(request, Carrier.BEARER, token));
            case Authentication.Jwt jwt ->
                minter.token(outgoing, jwt).map(token -> carry(request, jwt.carrier(), token));
        };
    }

    /** A minted token that was refused is minted anew; a fetched one has to go, for all who would get it. */
    void heard(Outgoing outgoing, RequestOptions request, Answered answered) {
        String carried = request.getHeaders().get(Authentication.AUTHORIZATION);
        if (answered.statusCode() == UNAUTHORIZED
                && carried != null
                && outgoing.endpoint().authentication() instanceof Authentication.OAuth2) {
            fetcher.refused(
                    outgoing.endpoint(),
                    carried.substring(Carrier.BEARER.prefix().length()));
        }
    }

    private static RequestOptions carry(RequestOptions request, Carrier carrier, String token) {
        DeliveryHeaders.put(request.getHeaders(), carrier.headerName(), carrier.prefix() + token);
        return request;
    }
}
