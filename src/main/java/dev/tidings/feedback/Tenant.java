package dev.tidings.feedback;

/**
 * An organization and one of its sandboxes: the owner of at most one webhook, and of all that happens with it.
 *
 * @param imsOrg the organization, for example {@code 0A1B2C3D4E5F@AdobeOrg}
 * @param sandboxName the sandbox's name, unique in its organization
 */
public record Tenant(String imsOrg, String sandboxName) {}
