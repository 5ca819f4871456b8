package dev.tidings.web;

/** What to do about an error that the framework found: it tells the status only. */
final class Details {
    private Details() {}

    static String of(int status) {
        return switch (status) {
            case 400 -> "The request cannot be read: check its path, parameters and body";
            case 401 -> "A bearer token is required: send it in Authorization";
            case 403 -> "The token does not permit this";
            case 404 -> "There is nothing at this address: see /q/openapi for what there is";
            case 405 -> "This address does not know the method: Allow names those that it knows";
            case 406 -> "This address answers in JSON only: accept application/json";
            case 413 -> "The body is larger than what is taken at once: send it in several requests";
            case 415 -> "This address does not read the media type: send application/json";
            case 503 -> "Tidings can't do this at present: try again later";
            default -> "The request was not carried out";
        };
    }
}
