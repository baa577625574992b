package io.yuntai.metering;

import static io.yuntai.metering.Declines.asRefusals;
import static io.yuntai.metering.Declines.person;

import io.yuntai.billing.metering.UsageImport;
import io.yuntai.billing.metering.UsageImported;
import io.yuntai.billing.metering.UsageImports;
import io.yuntai.billing.metering.UsageSample;
import io.yuntai.onboarding.Actor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Has files of measured use taken in, and the audit told of it in the same transaction. */
@Service
public class ImportedUsage {

    private final UsageImports imports;
    private final BillingAudit audit;

    ImportedUsage(UsageImports imports, BillingAudit audit) {
        this.imports = imports;
        this.audit = audit;
    }

    /**
     * Takes a file in.
     *
     * @throws Refused CONFLICT {@code USAGE_IMPORT_EXISTS}, {@code USAGE_PERIOD_TOO_LONG}
     */
    @Transactional
    public UsageImported take(
            Actor actor, UUID id, String fileName, String digest, List<UsageSample> samples) {
        var outcome = asRefusals(() -> imports.take(id, fileName, digest, person(actor), samples));
        if (outcome instanceof UsageImported.Taken(var done)) {
            audit.done(
                    actor,
                    "usage.import",
                    "usage-import/" + id,
                    "%s, SHA-256 %s: %d hosts, %d hours, %d samples, %d set apart, %d aside"
                            .formatted(
                                    fileName,
                                    digest,
                                    done.taken().hosts(),
                                    done.taken().hours(),
                                    done.taken().samples(),
                                    done.taken().quarantined(),
                                    done.taken().aside()));
        }
        return outcome;
    }

    /** The latest first. */
    public Page<UsageImport> list(PageQuery query) {
        var found = imports.page(query.offset(), query.limit() + 1);
        return Page.ofOffset(found, query, imports.count());
    }
}
