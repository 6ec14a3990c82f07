<?php
// Notice: the legal notice for a page, from Caveat, with a copy for when it cannot be asked. PHP 8, no extension.

// Parameters: where Caveat answers (tcp:// or ssl://); a folder that only the site can write to; how long nobody asks
// after a failure.
const NOTICE_SERVICE = 'tcp://127.0.0.1:8080';
const NOTICE_FOLDER = '/var/cache/notices';
const NOTICE_PAUSE = 10;                                            // seconds
const NOTICE_CONNECT = 0.3, NOTICE_READ = 0.8, NOTICE_LONGEST = 300; // seconds, and the longest life that Caveat gives

/**
 * The notice as HTML; $baked is the text for when there is none. Never throws.
 * $place is `any`, or what the site already knows of the reader's country, such as `RU`: never an address.
 */
function notice(string $publisher, string $place, string $language, string $baked): string
{
    if (!preg_match('/^[A-Za-z0-9-]{2,40}$/D', $place)) {
        $place = 'unknown';
    }
    $path = "/v1/$publisher/$place/$language/notice.html";
    $copy = NOTICE_FOLDER . '/' . hash('sha256', $path);
    $now = microtime(true);
    [$ask_at, $good_until, $text] = notice_read($copy);
    if ($ask_at <= $now || $ask_at > $now + NOTICE_LONGEST) {
        $answer = notice_ask($path);
        if ($answer !== null) {
            [$life, $stale, $text] = $answer;
            if ($life !== null) {
                notice_write($copy, ($now + $life) . ' ' . ($now + $life + $stale) . "\n$text");
            }
            return $text;
        }
        notice_write($copy, ($now + NOTICE_PAUSE) . " $good_until\n$text");
    }
    return $text !== '' && $now < $good_until ? $text : $baked;
}

/** Seconds for which the answer lives, null if it must not be kept; seconds after that; the answer. Null: no notice. */
function notice_ask(string $path): ?array
{
    $socket = @stream_socket_client(NOTICE_SERVICE, $number, $reason, NOTICE_CONNECT);
    if ($socket === false) {
        return null;
    }
    $host = preg_replace('~^\w+://~', '', NOTICE_SERVICE);
    $until = microtime(true) + NOTICE_READ;
    stream_set_timeout($socket, 0, (int) (NOTICE_READ * 1e6));
    @fwrite($socket, "GET $path HTTP/1.0\r\nHost: $host\r\n\r\n");
    for ($all = ''; !feof($socket) && microtime(true) < $until;) {
        $all .= @fread($socket, 65536);
    }
    fclose($socket);
    [$head, $text] = explode("\r\n\r\n", $all, 2) + ['', ''];
    $whole = preg_match('/^Content-Length: *(\d+)/mi', $head, $found) && strlen($text) === (int) $found[1];
    $live = preg_match('~^HTTP/1\.\d 200 ~', $head) && preg_match('/^Notice-State: *(live|none)\r?$/mi', $head);
    if (!$whole || !$live || $text === '') {
        return null;
    }
    preg_match('/^CDN-Cache-Control:.*(?<![\w-])max-age=(\d+)/mi', $head, $life);
    preg_match('/^CDN-Cache-Control:.*(?<![\w-])stale-if-error=(\d+)/mi', $head, $stale);
    return [isset($life[1]) ? (int) $life[1] : null, isset($stale[1]) ? (int) $stale[1] : INF, $text];
}

/** When to ask again, until when the text may be used, and the text. */
function notice_read(string $copy): array
{
    [$times, $text] = explode("\n", (string) @file_get_contents($copy), 2) + ['', ''];
    $read = preg_match('/^([\d.]+) ([\d.]+|INF)$/D', $times, $found);
    return $read ? [(float) $found[1], $found[2] === 'INF' ? INF : (float) $found[2], $text] : [0.0, 0.0, ''];
}

/** Whole or not at all. */
function notice_write(string $copy, string $content): void
{
    $new = $copy . '.' . bin2hex(random_bytes(8));
    if (@file_put_contents($new, $content) === strlen($content)) {
        @rename($new, $copy);
    } else {
        @unlink($new);      // without a copy the page is still right
    }
}
