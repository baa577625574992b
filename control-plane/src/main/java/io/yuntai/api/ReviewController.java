package io.yuntai.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.yuntai.audit.AuditAction;
import io.yuntai.onboarding.Fault;
import io.yuntai.onboarding.Refused;
import io.yuntai.onboarding.application.Application;
import io.yuntai.onboarding.application.ApplicationId;
import io.yuntai.onboarding.application.Cut;
import io.yuntai.onboarding.application.Reviews;
import io.yuntai.onboarding.kubernetes.ClusterName;
import io.yuntai.onboarding.unit.PersonId;
import io.yuntai.security.Account;
import io.yuntai.security.Permission;
import io.yuntai.security.Requires;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What is decided about applications while they are reviewed. The permission opens the door; which
 * of it a caller may do in which state, the table of the workflow says.
 */
@RestController
@RequestMapping("/api/v1/applications/{id}")
@Tag(name = "applications")
class ReviewController {

    private static final int MAX_CUTS = 50;

    private final Reviews reviews;
    private final ApplicationViews views;

    ReviewController(Reviews reviews, ApplicationViews views) {
        this.reviews = reviews;
        this.views = views;
    }

    /**
     * Why an approval, how much, and where to.
     *
     * @param cuts items that are granted less than was asked for
     * @param cluster one that serves the pool; empty: where the system is already, or where most is
     *     left
     */
    record Approval(
            Optional<String> note, Optional<List<CutBody>> cuts, Optional<ClusterName> cluster) {

        Reviews.Approval approval() {
            return new Reviews.Approval(
                    Note.text(note, "/note"), ReviewController.cuts(cuts), cluster);
        }
    }

    private static List<Cut> cuts(Optional<List<CutBody>> cuts) {
        var bodies = cuts.orElse(List.of());
        var faults = new ArrayList<Fault>();
        if (bodies.size() > MAX_CUTS) {
            faults.add(Fault.at("/cuts", "TOO_MANY", MAX_CUTS));
        }
        for (int i = 0; i < bodies.size() && faults.isEmpty(); i++) {
            bodies.get(i).missing("/cuts/" + i, faults);
        }
        if (!faults.isEmpty()) {
            throw Refused.invalid("INVALID", faults);
        }
        return bodies.stream().map(CutBody::cut).toList();
    }

    /**
     * What is left of an item: of a namespace {@code vcpu} is its processors, {@code count} 1 or 0.
     * Where {@code count} is 0 nothing else need be said.
     *
     * @param extras of a namespace, by resource code; those that are not named are cut. Absent: all
     *     that there were
     */
    record CutBody(
            Optional<Integer> position,
            Optional<Integer> count,
            Optional<Integer> vcpu,
            Optional<Integer> memoryGib,
            Optional<Integer> storageGib,
            Optional<Map<String, Long>> extras) {

        void missing(String at, List<Fault> faults) {
            require(position, at + "/position", faults);
            require(count, at + "/count", faults);
            if (!count.equals(Optional.of(0))) {
                require(vcpu, at + "/vcpu", faults);
                require(memoryGib, at + "/memoryGib", faults);
                require(storageGib, at + "/storageGib", faults);
            }
            extras.ifPresent(left -> {
                var _ = Extras.left(left, at + "/extras", faults);
            });
        }

        private static void require(Optional<Integer> value, String at, List<Fault> faults) {
            if (value.isEmpty()) {
                faults.add(Fault.at(at, "REQUIRED"));
            }
        }

        Cut cut() {
            return new Cut(
                    position.orElseThrow(),
                    count.orElseThrow(),
                    vcpu.orElse(0),
                    memoryGib.orElse(0),
                    storageGib.orElse(0),
                    extras.map(left -> Extras.left(left, "/extras", new ArrayList<>())));
        }
    }

    /** Somebody who is named, and why. */
    record Named(Optional<PersonId> to, Optional<String> note) {

        PersonId person() {
            return to.orElseThrow(
                    () -> Refused.invalid("INVALID", List.of(Fault.at("/to", "REQUIRED"))));
        }

        String text() {
            return Note.text(note, "/note");
        }
    }

    /**
     * Who is asked for an opinion, and how many opinions are needed.
     *
     * @param experts while experts are heard already, those who are asked from now on beside those
     *     who have answered
     * @param quorum empty: everybody's
     * @param cuts as with an approval
     * @param cluster as with an approval
     */
    record Referral(
            Optional<List<PersonId>> experts,
            Optional<Integer> quorum,
            Optional<String> note,
            Optional<List<CutBody>> cuts,
            Optional<ClusterName> cluster) {

        Reviews.Referral referral() {
            return new Reviews.Referral(
                    experts.orElse(List.of()),
                    quorum,
                    ReviewController.cuts(cuts),
                    cluster,
                    Note.text(note, "/note"));
        }
    }

    record OpinionBody(Optional<Application.Opinion> opinion, Optional<String> reason) {}

    @PostMapping("/approvals")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.approve", target = "application")
    ResponseEntity<ApplicationView> approve(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Approval body) {
        var approval = body.approval();
        return views.answer(
                account,
                validateOnly,
                () -> reviews.approve(account.actor(), id, version.asInt(), approval));
    }

    @PostMapping("/rejections")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.reject", target = "application")
    ResponseEntity<ApplicationView> reject(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Note note) {
        String reason = note.required();
        return views.answer(
                account,
                validateOnly,
                () -> reviews.reject(account.actor(), id, version.asInt(), reason));
    }

    @PostMapping("/returns")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.return", target = "application")
    ResponseEntity<ApplicationView> giveBack(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Note note) {
        String reason = note.required();
        return views.answer(
                account,
                validateOnly,
                () -> reviews.giveBack(account.actor(), id, version.asInt(), reason));
    }

    @PostMapping("/withdrawals")
    @Requires(Permission.APPLICATION_SUBMIT)
    @AuditAction(value = "application.withdraw", target = "application")
    ResponseEntity<ApplicationView> withdraw(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody(required = false) @Nullable Note note) {
        String reason = note == null ? "" : note.text();
        return views.answer(
                account,
                validateOnly,
                () -> reviews.withdraw(account.actor(), id, version.asInt(), reason));
    }

    @PostMapping("/transfers")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.transfer", target = "application")
    ResponseEntity<ApplicationView> transfer(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Named named) {
        return views.answer(
                account,
                validateOnly,
                () ->
                        reviews.transfer(
                                account.actor(),
                                id,
                                version.asInt(),
                                named.person(),
                                named.text()));
    }

    @PostMapping("/signature-requests")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.coSign", target = "application")
    ResponseEntity<ApplicationView> askToSign(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Named named) {
        return views.answer(
                account,
                validateOnly,
                () ->
                        reviews.askToSign(
                                account.actor(),
                                id,
                                version.asInt(),
                                named.person(),
                                named.text()));
    }

    /** Somebody who was asked to sign and has not is asked no more. */
    @PostMapping("/signature-releases")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.release", target = "application")
    ResponseEntity<ApplicationView> release(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Named named) {
        return views.answer(
                account,
                validateOnly,
                () ->
                        reviews.release(
                                account.actor(),
                                id,
                                version.asInt(),
                                named.person(),
                                named.text()));
    }

    @PostMapping("/signatures")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.sign", target = "application")
    ResponseEntity<ApplicationView> sign(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Note note) {
        return views.answer(
                account,
                validateOnly,
                () -> reviews.sign(account.actor(), id, version.asInt(), note.text()));
    }

    @PostMapping("/referrals")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.refer", target = "application")
    ResponseEntity<ApplicationView> refer(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody Referral body) {
        var referral = body.referral();
        return views.answer(
                account,
                validateOnly,
                () -> reviews.refer(account.actor(), id, version.asInt(), referral));
    }

    @PostMapping("/opinions")
    @Requires(Permission.APPLICATION_DECIDE)
    @AuditAction(value = "application.opine", target = "application")
    ResponseEntity<ApplicationView> opine(
            Account account,
            @PathVariable ApplicationId id,
            Version version,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody OpinionBody body) {
        var opinion = body.opinion().orElseThrow(() -> ApplicationBody.required("/opinion"));
        String reason = Note.required(body.reason(), "/reason");
        return views.answer(
                account,
                validateOnly,
                () -> reviews.opine(account.actor(), id, version.asInt(), opinion, reason));
    }
}
