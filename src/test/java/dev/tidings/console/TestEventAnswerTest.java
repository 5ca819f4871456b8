package dev.tidings.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidings.attempt.SendResult;
import dev.tidings.attempt.SendResult.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TestEventAnswerTest {
    private static final byte[] BODY = "{\"z\":1.50,\"a\":null}".getBytes(StandardCharsets.UTF_8);

    @Test
    void tellsTheAnswer() throws JsonProcessingException {
        assertThat(json(new SendResult.Answered(204, "", null))).isEqualTo("""
                {"delivered":true,"statusCode":204,"durationMillis":81,"responseBody":"",\
                "requestBody":{"z":1.50,"a":null}}""");
    }

    @Test
    void aRefusalIsAnAnswerToo() throws JsonProcessingException {
        assertThat(json(new SendResult.Answered(302, "elsewhere", null)))
                .contains("\"delivered\":false", "\"statusCode\":302", "\"responseBody\":\"elsewhere\"");
    }

    @Test
    void aFaultIsToldInWords() throws JsonProcessingException {
        assertThat(json(new SendResult.Broken(Fault.DNS, "There is no host of that name")))
                .isEqualTo("""
                {"delivered":false,"error":"There is no host of that name","durationMillis":81,\
                "requestBody":{"z":1.50,"a":null}}""");
    }

    private static String json(SendResult result) throws JsonProcessingException {
        return new JsonMapper().writeValueAsString(TestEventAnswer.of(result, Duration.ofMillis(81), BODY));
    }
}
