package dev.tidings.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.tidings.attempt.HeaderLine;
import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Fault;
import dev.tidings.attempt.Sent;
import dev.tidings.attempt.Trace;
import dev.tidings.attempt.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestEventAnswerTest {
    private static final byte[] BODY = "{\"z\":1.50,\"a\":null}".getBytes(StandardCharsets.UTF_8);

    @Test
    void tellsTheAnswer() throws JsonProcessingException {
        assertThat(json(new SendResult.Answered(204, "", null))).isEqualTo("""
                {"delivered":true,"statusCode":204,"durationMillis":81,"responseBody":"",\
                "requestBody":{"z":1.50,"a":null},"request":{"url":"https://hooks.example.com/feedback",\
                "headers":[{"name":"webhook-id","value":"event-1"},{"name":"webhook-attempt","value":"1"},\
                {"name":"webhook-timestamp","value":"0"}]},"timing":{}}""");
    }

    @Test
    void aRefusalIsAnAnswerToo() throws JsonProcessingException {
        assertThat(json(new SendResult.Answered(302, "elsewhere", null)))
                .contains("\"delivered\":false", "\"statusCode\":302", "\"responseBody\":\"elsewhere\"");
    }

    @Test
    void aFaultIsToldInWords() throws JsonProcessingException {
        assertThat(json(new SendResult.Broken(Fault.DNS, "There is no host of that name")))
                .startsWith("""
                {"delivered":false,"error":"There is no host of that name","durationMillis":81,\
                "requestBody":{"z":1.50,"a":null},""");
    }

    private static String json(SendResult result) throws JsonProcessingException {
        var request = new Wire.Request(
                "https://hooks.example.com/feedback",
                List.of(),
                Stream.of("webhook-id", "webhook-attempt", "webhook-timestamp")
                        .map(name -> new HeaderLine(name, null))
                        .toList());
        var trace =
                new Trace(new Wire(request, null, null, null), new Trace.Timing(null, null, null), false, List.of());
        var own = new ShownTrace.Own("event-1", 1, Instant.EPOCH);
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .build()
                .writeValueAsString(TestEventAnswer.of(new Sent(result, trace), own, Duration.ofMillis(81), BODY));
    }
}
