package dev.tidings.web;

import java.util.Set;

/** Who asks, for which organizations, and what he may do in them. */
sealed interface Caller {

    /** The name that is kept as the author of a change. */
    String user();

    boolean covers(String imsOrg);

    boolean may(Permission permission);

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

        @Override
        public boolean may(Permission permission) {
            return true;
        }
    }

    /** The bearer of a valid token. */
    record Bearer(String user, Set<String> organizations, Set<Permission> permissions) implements Caller {
        @Override
        public boolean covers(String imsOrg) {
            return organizations.contains(imsOrg);
        }

        @Override
        public boolean may(Permission permission) {
            return permissions.contains(permission);
        }
    }
}
