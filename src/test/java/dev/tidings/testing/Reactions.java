package dev.tidings.testing;

import dev.tidings.testing.StubReceiver.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Plays what a test has scripted; everything happens on the receiver's event loop. */
final class Reactions {
    private static final Buffer CHUNK = Buffer.buffer("x".repeat(8 * 1024));
    private static final int ONE_HEADER = 4 * 1024;
    /** Whether the message is compressed, and its length: here no and 0. */
    private static final int GRPC_PREFIX = 5;

    private Reactions() {}

    static void play(Vertx vertx, HttpServerRequest request, Reaction reaction) {
        HttpServerResponse response = request.response();
        // Whoever is written to may be gone: that is the test's subject, not an error.
        response.exceptionHandler(gone -> {});
        switch (reaction) {
            case Answer answer -> answer(response, answer);
            case Reaction.EchoChallenge echo ->
                response.end(echo.template().formatted(request.getParam("challenge") + ""));
            case Reaction.GrpcOk ok -> {
                response.putHeader("content-type", "application/grpc").setChunked(true);
                response.putTrailer("grpc-status", "0").end(Buffer.buffer(new byte[GRPC_PREFIX]));
            }
            case Reaction.Late late ->
                vertx.setTimer(late.after().toMillis(), timer -> answer(response, late.answer()));
            case Reaction.Hang hang -> {}
            case Reaction.Drip drip -> drip(vertx, response, drip);
            case Reaction.HangUp hangUp -> request.connection().close();
            case Reaction.Pour pour ->
                pour(vertx, response.setStatusCode(pour.status()).setChunked(true));
            case Reaction.FillHeaders fill -> {
                for (int i = 0; i < fill.bytes() / ONE_HEADER; i++) {
                    response.putHeader("x-fill-" + i, "x".repeat(ONE_HEADER));
                }
                response.end();
            }
        }
    }

    private static void answer(HttpServerResponse response, Answer answer) {
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(answer.body()));
    }

    private static void drip(Vertx vertx, HttpServerResponse response, Reaction.Drip drip) {
        response.setChunked(true).write("x");
        vertx.setPeriodic(drip.every().toMillis(), timer -> {
            if (isOver(response)) {
                vertx.cancelTimer(timer);
            } else {
                response.write("x");
            }
        });
    }

    /** One chunk a turn, so that the event loop also gets to hear that the other side has gone. */
    private static void pour(Vertx vertx, HttpServerResponse response) {
        if (isOver(response)) {
            return;
        }
        response.write(CHUNK);
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> pour(vertx, response));
        } else {
            vertx.runOnContext(next -> pour(vertx, response));
        }
    }

    private static boolean isOver(HttpServerResponse response) {
        return response.closed() || response.ended();
    }
}
