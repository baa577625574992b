package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.ledger.QuotaNode;
import io.yuntai.onboarding.ledger.QuotaNodeFilter;
import io.yuntai.onboarding.ledger.QuotaNodes;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.quota.Resource;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    private final QuotaNodes nodes;
    private final SheetFiles files;

    QuotaExportController(QuotaNodes nodes, SheetFiles files) {
        this.nodes = nodes;
        this.files = files;
    }

    /** Every node with each of its resources as one flat table, in the caller's language. */
    @GetMapping
    @Requires(Permission.QUOTA_READ)
    ResponseEntity<byte[]> export(
            Actor actor,
            @RequestParam Optional<PoolId> pool,
            @RequestParam(defaultValue = "xlsx") String format,
            Locale locale) {
        return files.answer(
                "quota", format, locale, words -> new QuotaSheet(words).of(all(actor, pool)));
    }

    private List<QuotaNode> all(Actor actor, Optional<PoolId> pool) {
        var filter = new QuotaNodeFilter(pool, Optional.empty(), true, Resource.CPU);
        return SheetFiles.all(
                PageQuery.FIRST, MOST_NODES, "/pool", page -> nodes.list(actor, filter, page));
    }
}
