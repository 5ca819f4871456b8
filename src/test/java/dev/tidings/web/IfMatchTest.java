package dev.tidings.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class IfMatchTest {
    @Test
    void readsAListOfTagsAndLeavesWeakOnesOut() {
        assertThat(IfMatch.of("\"1\",W/\"2\" , \"3\"")).isEqualTo(new IfMatch.OneOf(Set.of("1", "3")));
    }

    @Test
    void withoutAConditionAnyVersionWillDo() {
        assertThatCode(() -> IfMatch.of(null).require(7)).doesNotThrowAnyException();
        assertThatCode(() -> IfMatch.of(" * ").require(7)).doesNotThrowAnyException();
    }

    @Test
    void aTagOfAVersionMeetsThatVersionOnly() {
        IfMatch seven = IfMatch.of(IfMatch.tag(7));

        assertThatCode(() -> seven.require(7)).doesNotThrowAnyException();
        assertThatThrownBy(() -> seven.require(8))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(412));
    }
}
