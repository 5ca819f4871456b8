package dev.tidings.web;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Bytes on a connection, as no client library would send them. */
final class RawHttp {
    private RawHttp() {}

    /** What the server answers to those bytes, until it closes or is quiet for a while. */
    static String send(byte[] request) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(2_000);
            try {
                socket.getOutputStream().write(request);
            } catch (IOException e) {
                // The server has answered and closed before it was told everything: the answer is there to read.
            }
            return read(socket);
        }
    }

    static String send(String request) throws IOException {
        return send(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends it, and once more on the same connection after that pause: what was answered to each, empty when nothing was. */
    static List<String> twice(String request, Duration pause) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(Math.toIntExact(pause.toMillis()));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String first = read(socket);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return List.of(first, read(socket));
        }
    }

    /** Sends the begin, then a byte each time, for as long as the server listens, or that long at most. */
    static Duration drip(String begin, Duration every, Duration most) throws IOException {
        long begun = System.nanoTime();
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(Math.toIntExact(every.toMillis()));
            while (since(begun).compareTo(most) < 0) {
                socket.getOutputStream().write(' ');
                try {
                    if (socket.getInputStream().read() < 0) {
                        break;
                    }
                } catch (SocketTimeoutException e) {
                    // Nothing yet: drip on.
                }
            }
        } catch (SocketException e) {
            // Reset: the server has had enough.
        }
        return since(begun);
    }

    private static String read(Socket socket) {
        var answer = new ByteArrayOutputStream();
        try {
            for (int read = socket.getInputStream().read();
                    read >= 0;
                    read = socket.getInputStream().read()) {
                answer.write(read);
            }
        } catch (IOException e) {
            // Quiet for too long, or reset after the answer: what came is what it said.
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
