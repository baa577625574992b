package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.api.spreadsheet.Format;
import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.ledger.QuotaNode;
import io.yuntai.onboarding.ledger.QuotaNodeFilter;
import io.yuntai.onboarding.ledger.QuotaNodes;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.quota.Resource;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The quota tree as a file, as far as the caller may see it. */
@RestController
@RequestMapping("/api/v1/quota/export")
@Tag(name = "quota")
class QuotaExportController {

    /** More nodes than a province has; one request reads no more. */
    private static final int MOST_NODES = 20_000;

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final QuotaNodes nodes;
    private final MessageSource messages;
    private final Clock clock;

    QuotaExportController(QuotaNodes nodes, MessageSource messages, Clock clock) {
        this.nodes = nodes;
        this.messages = messages;
        this.clock = clock;
    }

    /** Every node with each of its resources as one flat table, in the caller's language. */
    @GetMapping
    @Requires(Permission.QUOTA_READ)
    ResponseEntity<byte[]> export(
            Actor actor,
            @RequestParam Optional<PoolId> pool,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale) {
        var sheet = new QuotaSheet(messages, locale);
        return switch (format) {
            case "xlsx" ->
                    file(sheet(sheet, actor, pool).xlsx(), Format.XLSX.mediaType(), format, locale);
            case "csv" ->
                    file(sheet(sheet, actor, pool).csv(), "text/csv;charset=UTF-8", format, locale);
            default ->
                    throw Refused.invalid(
                            "UNKNOWN_FORMAT",
                            List.of(Fault.at("/format", "UNKNOWN_FORMAT", format)));
        };
    }

    private PlainSheet sheet(QuotaSheet sheet, Actor actor, Optional<PoolId> pool) {
        var filter = new QuotaNodeFilter(pool, Optional.empty(), true, Resource.CPU);
        var all = new ArrayList<QuotaNode>();
        var cursor = Optional.<Cursor>empty();
        do {
            Page<QuotaNode> page =
                    nodes.list(
                            actor,
                            filter,
                            new PageQuery(PageQuery.MAX_LIMIT, cursor, Optional.empty(), ""));
            if (page.total() > MOST_NODES) {
                throw Refused.invalid(
                        "INVALID", List.of(Fault.at("/pool", "TOO_MANY", MOST_NODES)));
            }
            all.addAll(page.items());
            cursor = page.next().map(Cursor::of);
        } while (cursor.isPresent());
        return sheet.of(all);
    }

    private ResponseEntity<byte[]> file(
            byte[] content, String mediaType, String format, Locale locale) {
        String today = LocalDate.ofInstant(clock.instant(), ZONE).toString();
        String name = messages.getMessage("quota.fileName", new Object[] {today, format}, locale);
        return Attachment.of(content, mediaType, name);
    }
}
