package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.security.Account;
import io.yuntai.security.NoPermission;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells of changes as they come. */
@RestController
@RequestMapping("/api/v1/events")
@Tag(name = "events")
class EventController {

    private final EventStreams streams;

    EventController(EventStreams streams) {
        this.streams = streams;
    }

    /**
     * Events named {@code host}, whose data are the ids of hosts that have changed, and named
     * {@code namespace}, with those of systems of whose namespaces one has; or {@code *} when too
     * many have: whoever sees one reads them anew. Whoever may not read hosts or namespaces hears
     * nothing of them. Events named {@code notice}, whose data is how many notices the caller has
     * not read, whenever that changes. An event's id goes into {@code Last-Event-ID} of whoever
     * comes back. A stream ends after ten minutes.
     */
    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @NoPermission("everybody hears of what he was told himself, and of what he may read")
    SseEmitter events(
            Account account,
            @RequestHeader(name = "Last-Event-ID", required = false) Optional<String> last,
            HttpServletResponse response) {
        response.setHeader("X-Accel-Buffering", "no");
        return streams.open(account, last);
    }
}
