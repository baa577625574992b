package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.api.spreadsheet.Format;
import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.adoption.MappingTable;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.namespace.Finding;
import io.yuntai.onboarding.namespace.FindingFilter;
import io.yuntai.onboarding.namespace.Findings;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is on the clusters and not in the register, as of the latest look. */
@RestController
@RequestMapping("/api/v1/findings")
@Tag(name = "clusters")
class FindingController {

    /** One request reads no more. */
    private static final int MOST = 50_000;

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    private final Findings findings;
    private final MessageSource messages;
    private final Clock clock;

    FindingController(Findings findings, MessageSource messages, Clock clock) {
        this.findings = findings;
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * A namespace, a machine or a disk that nobody has registered.
     *
     * @param kind ORPHAN: labelled as ours; UNMANAGED: managed by nobody
     * @param host null: the namespace as a whole, or a disk
     * @param disk a claim that is labelled as ours and belongs to no host; null: it is none
     * @param hosts how many machines it is, or holds
     * @param vcpu as far as they say
     * @param since when it was first found
     */
    @Schema(name = "Finding")
    record FindingView(
            Finding.Kind kind,
            ClusterName cluster,
            NamespaceName namespace,
            Optional<String> host,
            Optional<String> disk,
            String uid,
            int hosts,
            int vcpu,
            long memoryBytes,
            Instant since) {

        static FindingView of(Finding finding) {
            return new FindingView(
                    finding.kind(),
                    new ClusterName(finding.cluster()),
                    finding.namespace(),
                    finding.host(),
                    finding.disk(),
                    finding.uid(),
                    finding.hosts(),
                    finding.vcpu(),
                    finding.memoryBytes(),
                    finding.since());
        }
    }

    /** By cluster, namespace, machine and disk; {@code q} finds the names. Nothing is touched. */
    @GetMapping
    @Requires(Permission.CLUSTER_READ)
    Page<FindingView> list(
            PageQuery query,
            @RequestParam Optional<ClusterName> cluster,
            @RequestParam Optional<Finding.Kind> kind) {
        return findings.list(query, filter(cluster, kind)).map(FindingView::of);
    }

    /**
     * Namespaces and machines of it as one flat table, in the caller's language, with columns to be
     * filled in by whoever takes something over; see {@code PUT /api/v1/adoptions/{id}}.
     */
    @GetMapping("/export")
    @Requires(Permission.CLUSTER_READ)
    ResponseEntity<byte[]> export(
            PageQuery query,
            @RequestParam Optional<ClusterName> cluster,
            @RequestParam Optional<Finding.Kind> kind,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale) {
        var filter = filter(cluster, kind);
        var first =
                new PageQuery(PageQuery.MAX_LIMIT, Optional.empty(), Optional.empty(), query.q());
        return switch (format) {
            case "xlsx" ->
                    file(
                            sheet(first, filter, locale).xlsx(),
                            Format.XLSX.mediaType(),
                            format,
                            locale);
            case "csv" ->
                    file(
                            sheet(first, filter, locale).csv(),
                            "text/csv;charset=UTF-8",
                            format,
                            locale);
            default ->
                    throw Refused.invalid(
                            "UNKNOWN_FORMAT",
                            List.of(Fault.at("/format", "UNKNOWN_FORMAT", format)));
        };
    }

    private static FindingFilter filter(
            Optional<ClusterName> cluster, Optional<Finding.Kind> kind) {
        return new FindingFilter(cluster.map(ClusterName::value), kind);
    }

    private PlainSheet sheet(PageQuery first, FindingFilter filter, Locale locale) {
        var all = new ArrayList<Finding>();
        var cursor = first.cursor();
        do {
            var page =
                    findings.list(
                            new PageQuery(first.limit(), cursor, first.sort(), first.q()), filter);
            if (page.total() > MOST) {
                throw Refused.invalid("INVALID", List.of(Fault.at("/cluster", "TOO_MANY", MOST)));
            }
            all.addAll(page.items());
            cursor = page.next().map(Cursor::of);
        } while (cursor.isPresent());
        return new PlainSheet(
                messages.getMessage("finding.sheet", null, locale),
                MappingTable.COLUMNS.stream()
                        .map(column ->
                                messages.getMessage("finding.column." + column, null, locale))
                        .toList(),
                all.stream()
                        // Taken over is a machine, and its disks with it.
                        .filter(one -> one.disk().isEmpty())
                        .map(one -> row(one, locale))
                        .toList());
    }

    private List<Cell> row(Finding one, Locale locale) {
        return Stream.<Cell>of(
                        new Cell.Text(
                                messages.getMessage("finding.kind." + one.kind(), null, locale)),
                        new Cell.Text(one.cluster()),
                        new Cell.Text(one.namespace().value()),
                        new Cell.Text(one.host().orElse("")),
                        new Cell.Figure(BigDecimal.valueOf(one.hosts())),
                        new Cell.Figure(BigDecimal.valueOf(one.vcpu())),
                        new Cell.Figure(BigDecimal.valueOf(one.memoryBytes()).divide(GIB)),
                        new Cell.Text(LocalDate.ofInstant(one.since(), ZONE).toString()),
                        new Cell.Text(""),
                        new Cell.Text(""),
                        new Cell.Text(""))
                .toList();
    }

    private ResponseEntity<byte[]> file(
            byte[] content, String mediaType, String format, Locale locale) {
        String today = LocalDate.ofInstant(clock.instant(), ZONE).toString();
        String name = messages.getMessage("finding.fileName", new Object[] {today, format}, locale);
        return Attachment.of(content, mediaType, name);
    }
}
