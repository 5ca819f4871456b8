package dev.tidings.queue;

import io.smallrye.config.SmallRyeConfigBuilder;

/** The queue's settings in a test: the defaults, and what it wants otherwise. */
final class QueueSettings {
    private QueueSettings() {}

    /** Keys without their prefix, and values, in turn. */
    static QueueConfig with(String... keysAndValues) {
        var builder = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(QueueConfig.class);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.withDefaultValue("tidings.queue." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return builder.build().getConfigMapping(QueueConfig.class);
    }
}
