# Legal notices from Caveat by edge-side includes. Varnish 7.1 or newer, with varnish-modules.
# Put it beside default.vcl and include it there before everything else but `vcl 4.1;`.

import header;
import std;

# Parameters: where Caveat answers; the text for when nothing else can be had; whose word on the reader's country is
# believed, and in which header it stands (here Cloudflare's CF-IPCountry).
backend notice_service {
    .host = "127.0.0.1";
    .port = "8080";
    .connect_timeout = 300ms;
    .first_byte_timeout = 800ms;
    .between_bytes_timeout = 800ms;
}
sub notice_baked {
    if (req.url ~ "/ru/[^/]*$") {
        synthetic(std.fileread("/etc/varnish/baked.ru.html"));
    } else {
        synthetic(std.fileread("/etc/varnish/baked.en.html"));
    }
}

acl notice_cdn {
    "127.0.0.1";
}
sub notice_country {
    unset req.http.Notice-Country;
    if (client.ip ~ notice_cdn) {
        set req.http.Notice-Country = req.http.CF-IPCountry;
    }
}

sub vcl_init {
    if (!std.file_exists("/etc/varnish/baked.en.html") || !std.file_exists("/etc/varnish/baked.ru.html")) {
        return (fail("a text for when nothing else can be had is missing"));
    }
}

sub vcl_recv {
    if (req.url ~ "^/_r/") {
        # `here` stands for the reader's country, where it is known: XX is no data, T1 is Tor.
        if (req.url ~ "^/_r/[\w-]+/here/") {
            call notice_country;
            if (req.http.Notice-Country !~ "^[A-Z][A-Z]$" || req.http.Notice-Country == "XX") {
                set req.http.Notice-Country = "unknown";
            }
            set req.url = regsub(req.url, "/here/", "/" + req.http.Notice-Country + "/");
        }
        # Only addresses that name place and language: never one that Caveat would answer for this machine's own place.
        set req.url = regsub(req.url, "\?.*", "");
        if (req.url !~ "^/_r/[\w-]+/([\w-]+/[\w-]+/[\w.-]+|table/[\w.-]+|check/[\w-]+/|frame/[\w-]+/[\w-]+/)$") {
            return (synth(404));
        }
        if (req.method != "GET" && req.method != "HEAD") {
            return (synth(405));
        }
        set req.backend_hint = notice_service;
        set req.http.Host = "notices";
        set req.hash_ignore_busy = true;        # nobody waits for another's request
        if (req.restarts == 0) {
            set req.grace = 0s;                 # a copy past its life only after the service has failed
        } else {
            set req.grace = 8d;
        }
        return (hash);
    }
}

sub vcl_miss {
    if (req.url ~ "^/_r/" && req.restarts > 0) {
        return (synth(503));
    }
}

sub vcl_backend_fetch {
    if (bereq.url ~ "^/_r/") {
        set bereq.url = regsub(bereq.url, "^/_r/", "/v1/");
        # Nothing of the reader goes further: every header but Host is renamed, and what bears that name is dropped.
        header.regsub(bereq, "(?i)^(?!host:).*$", "Notice-Reader: gone");
        unset bereq.http.Notice-Reader;
        if (bereq.url ~ "^/v1/[^/]+/(check|table|frame)/") {
            set bereq.first_byte_timeout = 5s;  # no article waits for it
        }
        return (fetch);
    }
}

sub vcl_backend_response {
    if (bereq.url ~ "^/v1/") {
        # What is neither a notice nor "nothing applies" must not take the place of the last good copy.
        if (beresp.status != 200 || beresp.http.Notice-State !~ "^(live|none)$" || beresp.http.Content-Length == "0") {
            return (abandon);
        }
        if (beresp.http.Surrogate-Control ~ "max-age=\d") {
            set beresp.ttl = std.duration(regsub(beresp.http.Surrogate-Control, "^.*max-age=(\d+).*$", "\1s"), 0s);
            set beresp.grace = std.duration(
                regsub(beresp.http.Surrogate-Control, "^.*stale-if-error=(\d+).*$", "\1s"), 0s);
            set beresp.keep = 0s;
        } else {
            set beresp.uncacheable = true;
            set beresp.ttl = 1s;
        }
        return (deliver);
    }
}

sub vcl_backend_error {
    if (bereq.url ~ "^/v1/") {
        return (abandon);
    }
}

sub vcl_deliver {
    if (req.url ~ "^/_r/") {
        unset resp.http.CDN-Cache-Control;      # a cache in front would count the whole life once more
        unset resp.http.Surrogate-Control;
        return (deliver);
    }
}

sub vcl_synth {
    if (req.url ~ "^/_r/") {
        if (resp.status == 503 && req.restarts == 0) {
            return (restart);
        }
        if (req.esi_level > 0) {
            set resp.status = 200;
            call notice_baked;
        } else {
            synthetic("");
        }
        set resp.http.Cache-Control = "no-store";
        return (deliver);
    }
}
