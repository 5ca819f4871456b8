package dev.tidings.web;

import java.util.Set;

/** Who asks, and for which organizations. Finer permissions, once there are some, are one more part of this. */
sealed interface Caller {

    /** The name that is kept as the author of a change. */
    String user();

    boolean covers(String imsOrg);

    /** Nobody was asked for a token. */
    record Anybody() implements Caller {
        @Override
        public String user() {
            return "anonymous";
        }

        @Override
        public boolean covers(String imsOrg) {
            return true;
        }
    }

    /** The bearer of a valid token. */
    record Bearer(String user, Set<String> organizations) implements Caller {
        @Override
        public boolean covers(String imsOrg) {
            return organizations.contains(imsOrg);
        }
    }
}
