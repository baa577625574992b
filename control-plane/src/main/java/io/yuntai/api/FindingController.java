package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.api.spreadsheet.PlainSheet;
import io.yuntai.api.spreadsheet.PlainSheet.Cell;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.adoption.MappingTable;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.kubernetes.NamespaceName;
import io.yuntai.onboarding.namespace.Finding;
import io.yuntai.onboarding.namespace.FindingFilter;
import io.yuntai.onboarding.namespace.Findings;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is on the clusters and not in the register, as of the latest look. */
@RestController
@RequestMapping("/api/v1/findings")
@Tag(name = "clusters")
class FindingController {

    private final Findings findings;
    private final SheetFiles files;

    FindingController(Findings findings, SheetFiles files) {
        this.findings = findings;
        this.files = files;
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
     * filled in by whoever takes something over; see {@code PUT /api/v1/adoptions/{id}}. All of
     * them, however many there are; but a workbook takes no more than 1,048,575.
     */
    @GetMapping("/export")
    @Requires(Permission.CLUSTER_READ)
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(type = "string", format = "byte")))
    void export(
            PageQuery query,
            @RequestParam Optional<ClusterName> cluster,
            @RequestParam Optional<Finding.Kind> kind,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        var filter = filter(cluster, kind);
        var words = files.words("finding", locale);
        if (format.equals("xlsx")) {
            SheetFiles.requireAtMost(
                    findings.countAdoptable(query.q(), filter),
                    PlainSheet.MOST_OF_A_WORKBOOK,
                    "/format");
        }
        files.send(response, words, format, MappingTable.COLUMNS, rows(query.q(), filter, words));
    }

    private static FindingFilter filter(
            Optional<ClusterName> cluster, Optional<Finding.Kind> kind) {
        return new FindingFilter(cluster.map(ClusterName::value), kind);
    }

    /** Page after page; a disk is taken over with its machine, so it is not among them. */
    private Iterable<List<Cell>> rows(String q, FindingFilter filter, SheetWords words) {
        return () ->
                Stream.iterate(
                                findings.adoptable(q, filter, Optional.empty()),
                                page -> !page.isEmpty(),
                                page -> findings.adoptable(q, filter, Optional.of(page.getLast())))
                        .flatMap(List::stream)
                        .map(one -> row(one, words))
                        .iterator();
    }

    private static List<Cell> row(Finding one, SheetWords words) {
        return List.of(
                words.word("kind", one.kind()),
                Cell.of(one.cluster()),
                Cell.of(one.namespace().value()),
                Cell.of(one.host(), Cell::of),
                Cell.of(one.hosts()),
                Cell.of(one.vcpu()),
                Cell.gib(one.memoryBytes()),
                Cell.of(SheetWords.day(one.since()).toString()),
                Cell.EMPTY,
                Cell.EMPTY,
                Cell.EMPTY);
    }
}
