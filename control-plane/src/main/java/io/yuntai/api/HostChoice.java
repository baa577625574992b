package io.yuntai.api;

import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.CloudInit;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostImage;
import io.yuntai.onboarding.host.HostSetup;
import io.yuntai.onboarding.host.HostSize;
import io.yuntai.onboarding.host.SshKeys;
import io.yuntai.onboarding.region.PoolId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What hosts of an item are made with.
 *
 * @param vcpu what the size says of it; empty: there is no size
 */
record HostChoice(Optional<Integer> vcpu, Optional<Integer> memoryGib, HostSetup setup) {

    /** Reads it, and notes every fault; where there is one, what is read is of no use. */
    static HostChoice of(
            HostCatalogue catalogue,
            ApplicationBody.ItemBody body,
            int diskGib,
            Optional<PoolId> pool,
            String at,
            List<Fault> faults) {
        var choice = choose(catalogue, body, diskGib, at, faults);
        choice.size()
                .flatMap(HostSize::processor)
                .filter(family -> pool.filter(p -> p.processor() != family).isPresent())
                .ifPresent(_ -> faults.add(Fault.at(at + "/size", "WRONG_PROCESSOR")));
        String userData = body.userData().orElse("");
        CloudInit.fault(userData, at + "/userData").ifPresent(faults::add);
        return new HostChoice(
                choice.size().map(HostSize::vcpu),
                choice.size().map(HostSize::memoryGib),
                new HostSetup(
                        choice.size().map(HostSize::ref),
                        choice.image().map(HostImage::ref),
                        choice.size().flatMap(HostSize::gpus),
                        new HostSetup.FirstLogin(
                                userData, keys(body.sshKeys().orElse(List.of()), at, faults))));
    }

    private static HostCatalogue.Choice choose(
            HostCatalogue catalogue,
            ApplicationBody.ItemBody body,
            int diskGib,
            String at,
            List<Fault> faults) {
        try {
            return catalogue.choose(body.size(), body.image(), diskGib, at);
        } catch (Refused refused) {
            faults.addAll(refused.faults());
            return new HostCatalogue.Choice(Optional.empty(), Optional.empty());
        }
    }

    private static List<String> keys(List<String> lines, String at, List<Fault> faults) {
        if (lines.size() > SshKeys.MOST) {
            faults.add(Fault.at(at + "/sshKeys", "TOO_MANY", SshKeys.MOST));
            return List.of();
        }
        var keys = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            var key = SshKeys.parse(lines.get(i));
            key.ifPresent(keys::add);
            if (key.isEmpty()) {
                faults.add(Fault.at(at + "/sshKeys/" + i, "NOT_SSH_KEY"));
            }
        }
        return keys;
    }
}
