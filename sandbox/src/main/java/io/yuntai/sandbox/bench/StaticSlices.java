package io.yuntai.sandbox.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Each namespace has an equal part of the pool, for good. */
record StaticSlices(List<BareClient> servers, Demand.Size size) implements Governor {

    @Override
    public String name() {
        return "slices";
    }

    @Override
    public List<Site> open() throws IOException, InterruptedException {
        return namespaces(servers, size, name(), size.slice());
    }

    /** Namespaces with a plain ResourceQuota each, spread over the servers. */
    static List<Site> namespaces(
            List<BareClient> servers, Demand.Size size, String prefix, long millis)
            throws IOException, InterruptedException {
        var sites = new ArrayList<Site>();
        for (int number = 0; number < size.namespaces(); number++) {
            int server = number % servers.size();
            var site = new Site(server, prefix + "-" + number);
            var client = servers.get(server);
            client.create("/api/v1/namespaces", Manifest.namespace(site.namespace()));
            client.create(
                    site.path("resourcequotas"), Manifest.quota("quota", Manifest.hard(millis)));
            client.await(
                    site.path("resourcequotas/quota"),
                    quota -> quota.at("/status/hard").equals(quota.at("/spec/hard")));
            sites.add(site);
        }
        return sites;
    }

    @Override
    public void die() {
        // Nobody has to do anything for it.
    }

    @Override
    public void revive() {
        // As before.
    }

    @Override
    public List<Grant> grants() {
        return List.of();
    }

    @Override
    public void close() {
        // What was made ends with the servers.
    }
}
