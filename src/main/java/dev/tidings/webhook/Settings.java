package dev.tidings.webhook;

import dev.tidings.feedback.Channel;
import dev.tidings.feedback.PayloadVersion;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * A whole, validated configuration: what an admin submits.
 *
 * @param sendTraceparent whether the receiver is told the place in a trace, where there is one
 * @param challenge whether the URL is to be asked before anything is saved; not kept
 */
record Settings(
        String name,
        Set<Channel> channels,
        URI url,
        Authentication authentication,
        List<HeaderParameter> headers,
        PayloadVersion payloadVersion,
        Signing signing,
        Tls tls,
        boolean sendTraceparent,
        boolean challenge) {}
