package dev.tidings.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.attempt.HeaderLine;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A header of an attempt. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "AttemptHeader",
        requiredProperties = {"name"})
public record ShownHeader(
        String name,

        @Schema(description = "Absent where it is not kept; what is secret in it is masked") @Nullable
        String value) {

    static ShownHeader of(HeaderLine line) {
        return new ShownHeader(line.name(), line.value());
    }

    static List<ShownHeader> of(List<HeaderLine> lines) {
        return lines.stream().map(ShownHeader::of).toList();
    }
}
