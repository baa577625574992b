package io.yuntai.api;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Page;
import io.yuntai.onboarding.PageQuery;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.host.Host;
import io.yuntai.onboarding.host.HostCatalogue;
import io.yuntai.onboarding.host.HostCertificate;
import io.yuntai.onboarding.host.HostCommand;
import io.yuntai.onboarding.host.HostCommandId;
import io.yuntai.onboarding.host.HostCommands;
import io.yuntai.onboarding.host.HostFilter;
import io.yuntai.onboarding.host.HostId;
import io.yuntai.onboarding.host.HostLife;
import io.yuntai.onboarding.host.HostPhase;
import io.yuntai.onboarding.host.HostStep;
import io.yuntai.onboarding.host.HostTerms;
import io.yuntai.onboarding.host.Hosts;
import io.yuntai.onboarding.region.PoolId;
import io.yuntai.onboarding.system.SystemId;
import io.yuntai.onboarding.unit.UnitId;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cloud hosts, what is asked of them, and what became of that. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "hosts")
class HostController {

    private final Hosts hosts;
    private final HostTerms terms;
    private final HostCommands commands;
    private final HostCatalogue catalogue;
    private final HostViews views;
    private final NodeNames names;
    private final Trial trial;

    HostController(
            Hosts hosts,
            HostTerms terms,
            HostCommands commands,
            HostCatalogue catalogue,
            HostViews views,
            NodeNames names,
            Trial trial) {
        this.hosts = hosts;
        this.terms = terms;
        this.commands = commands;
        this.catalogue = catalogue;
        this.views = views;
        this.names = names;
        this.trial = trial;
    }

    @Schema(name = "HostSteps")
    record StepList(List<HostStep> items) {}

    /** Why; 1 to 500 characters. */
    @Schema(name = "HostDestruction")
    record Destruction(Optional<String> reason) {
        HostCommand command(Function<String, HostCommand> of) {
            return of.apply(Typed.line(reason, "/reason", HostCommand.MAX_REASON));
        }
    }

    /** Which; 1 to 200. */
    @Schema(name = "HostStarts")
    record Starts(Optional<List<HostId>> hosts) {
        List<HostId> ids() {
            var ids = hosts.orElse(List.of());
            if (ids.isEmpty()) {
                throw ApplicationBody.required("/hosts");
            }
            if (ids.size() > HostCommands.MOST_AT_ONCE) {
                throw Refused.invalid(
                        "INVALID",
                        List.of(Fault.at("/hosts", "TOO_MANY", HostCommands.MOST_AT_ONCE)));
            }
            return ids;
        }
    }

    /**
     * What became of one host.
     *
     * @param code why not; empty: it will run
     * @param shortfalls what there was not enough of
     */
    @Schema(name = "HostStarted")
    record StartedView(
            HostId host, Optional<String> code, List<NodeNames.ShortfallView> shortfalls) {}

    @Schema(name = "HostsStarted")
    record StartedList(List<StartedView> items) {}

    /**
     * @param phase only those of it now
     * @param expiring only those in use, or stopped, whose term ends soon or has ended
     * @param pool only those in it; with {@code change=MOVE} only those in any other
     * @param change only those that an application (of that pool) can have such an item for now
     */
    @GetMapping("/hosts")
    @Requires(Permission.HOST_READ)
    Page<HostView> list(
            Account account,
            PageQuery query,
            @RequestParam Optional<UnitId> unit,
            @RequestParam Optional<SystemId> system,
            @RequestParam Optional<Host.State> state,
            @RequestParam Optional<HostLife.State> life,
            @RequestParam Optional<HostPhase> phase,
            @RequestParam(defaultValue = "false") boolean expiring,
            @RequestParam Optional<PoolId> pool,
            @RequestParam Optional<HostFilter.Change> change) {
        var endsBefore = expiring ? Optional.of(terms.expiringBefore()) : Optional.<Instant>empty();
        var filter =
                new HostFilter(
                        unit,
                        system,
                        state,
                        life,
                        endsBefore,
                        phase.map(terms::span),
                        pool,
                        change);
        return hosts.list(account.actor(), query, filter).map(host -> views.of(account, host));
    }

    @GetMapping("/hosts/{id}")
    @Requires(Permission.HOST_READ)
    ResponseEntity<HostView> get(Account account, @PathVariable HostId id) {
        return answer(views.of(account, hosts.get(account.actor(), id)));
    }

    /** The steps of its life, the first first. */
    @GetMapping("/hosts/{id}/steps")
    @Requires(Permission.HOST_READ)
    StepList steps(Account account, @PathVariable HostId id) {
        return new StepList(hosts.steps(account.actor(), id));
    }

    /** What states that it was destroyed. */
    @GetMapping("/hosts/{id}/certificate")
    @Requires(Permission.HOST_READ)
    HostCertificate certificate(Account account, @PathVariable HostId id) {
        return hosts.certificate(account.actor(), id);
    }

    /** Asks something of a host; the id is the caller's, and the same id is taken once. */
    @PutMapping("/hosts/{id}/commands/{command}")
    @Requires(Permission.HOST_OPERATE)
    @AuditAction(value = "host.command", target = "host")
    ResponseEntity<HostView> say(
            Account account,
            @PathVariable HostId id,
            @PathVariable HostCommandId command,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody HostCommandBody body) {
        var what = body.command(code -> catalogue.sizeFor(hosts.get(account.actor(), id), code));
        return say(account, id, command, version, validateOnly, what);
    }

    /**
     * Destroys a host whose time in the recycle bin is over; by another than who put it there, or
     * has a duty in what did, or has proposed it.
     */
    @PutMapping("/hosts/{id}/destructions/{command}")
    @Requires(Permission.HOST_DESTROY)
    @AuditAction(value = "host.destroy", target = "host")
    ResponseEntity<HostView> destroy(
            Account account,
            @PathVariable HostId id,
            @PathVariable HostCommandId command,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Destruction body) {
        var what = body.command(HostCommand.Destroy::new);
        return say(account, id, command, version, validateOnly, what);
    }

    /**
     * Proposes to destroy a host that its term has moved to the recycle bin, when its time there is
     * over; somebody else destroys it.
     */
    @PutMapping("/hosts/{id}/destruction-proposals/{command}")
    @Requires(Permission.HOST_DESTROY)
    @AuditAction(value = "host.proposeDestruction", target = "host")
    ResponseEntity<HostView> proposeDestruction(
            Account account,
            @PathVariable HostId id,
            @PathVariable HostCommandId command,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Destruction body) {
        var what = body.command(HostCommand.ProposeDestruction::new);
        return say(account, id, command, version, validateOnly, what);
    }

    private ResponseEntity<HostView> say(
            Account account,
            HostId id,
            HostCommandId command,
            Version version,
            boolean validateOnly,
            HostCommand what) {
        return answer(
                trial.run(
                        validateOnly,
                        () ->
                                switch (commands.say(
                                        account.actor(), id, command, version.asInt(), what)) {
                                    case HostCommands.Said.Taken(var host) ->
                                            views.of(account, host);
                                    case HostCommands.Said.NoRoom(var shortfalls) ->
                                            throw QuotaShort.of(shortfalls, validateOnly);
                                }));
    }

    /** Starts many: exactly as many as there is quota for, in their order; the others say why. */
    @PutMapping("/host-starts/{id}")
    @Requires(Permission.HOST_OPERATE)
    @AuditAction(value = "host.start", target = "host-start")
    StartedList start(
            Account account,
            @PathVariable HostCommandId id,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Starts body) {
        var ids = body.ids();
        return trial.run(
                validateOnly,
                () ->
                        new StartedList(
                                commands.start(account.actor(), id, ids).stream()
                                        .map(started -> view(account, started))
                                        .toList()));
    }

    private StartedView view(Account account, HostCommands.Started started) {
        return switch (started) {
            case HostCommands.Started.Granted(var host) ->
                    new StartedView(host, Optional.empty(), List.of());
            case HostCommands.Started.NoQuota(var host, var shortfalls) ->
                    new StartedView(
                            host,
                            Optional.of("QUOTA_SHORT"),
                            names.of(account.actor(), shortfalls));
            case HostCommands.Started.Unable(var host, String code) ->
                    new StartedView(host, Optional.of(code), List.of());
        };
    }

    private static ResponseEntity<HostView> answer(HostView host) {
        return ResponseEntity.ok().eTag(new Version(host.version()).etag()).body(host);
    }
}
