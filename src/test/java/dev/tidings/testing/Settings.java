package dev.tidings.testing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;

/** A feature's settings, for a test that makes its part by hand: the defaults, and what it wants otherwise. */
public final class Settings {
    private Settings() {}

    /** Keys without the mapping's prefix, and values, in turn; of one key's values the last counts. */
    public static <T> T of(Class<T> mapping, String... keysAndValues) {
        String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
        var builder = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(mapping);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.withDefaultValue(prefix + "." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return builder.build().getConfigMapping(mapping);
    }
}
