package io.yuntai.onboarding.region;

import io.yuntai.onboarding.Cursor;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Sort;
import io.yuntai.quota.Amounts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The registered regions and pools. They are no secret: every actor sees all. */
@Service
public class Regions {

    private final RegionStore store;

    Regions(RegionStore store) {
        this.store = store;
    }

    /**
     * A page of regions; sorted by {@code code} (own order) or {@code name}, {@code q} finds both.
     *
     * @throws io.yuntai.onboarding.Refused INVALID {@code BAD_SORT}, {@code BAD_CURSOR}
     */
    @Transactional(readOnly = true)
    public Page<Region> list(PageQuery query) {
        Sort sort = query.sortOr(Sort.of("code"), Set.of("code", "name"));
        return Page.of(
                store.page(query, sort),
                query,
                store.count(query),
                region ->
                        Cursor.after(
                                sort.field().equals("name") ? region.name() : region.code().value(),
                                region.code().value()));
    }

    /** Every region, by code. */
    @Transactional(readOnly = true)
    public List<Region> all() {
        return store.all();
    }

    /** Every pool with the capacity that it was registered with, in base units, by id. */
    @Transactional(readOnly = true)
    public Map<PoolId, Amounts> pools() {
        return store.pools();
    }

    /** Adds regions inside the transaction of an import; none of them may be there yet. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(List<Region> regions) {
        store.insert(regions);
    }

    /** Adds pools inside the transaction of an import; none of them may be there yet. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void addPools(List<Pool> pools) {
        store.insertPools(pools);
    }
}
