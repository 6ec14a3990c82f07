vcl 4.1;

include "notices.vcl";

# Parameter: the site.
backend default {
    .host = "127.0.0.1";
    .port = "8000";
}

# Only where the pages are the newsroom's own: Varnish obeys an include that a stranger wrote into a comment as well.
sub vcl_backend_response {
    if (beresp.http.Content-Type ~ "^text/html") {
        set beresp.do_esi = true;
    }
}
