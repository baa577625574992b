package io.yuntai.onboarding.application;

/**
 * What became of an item that was granted.
 *
 * @param position among what was granted
 * @param missing how many have not come: of new hosts so many, of anything else it
 * @param reason why, in the cluster's words; may be empty
 */
public record ItemDelivery(int position, Item item, State state, int missing, String reason) {

    /** How far it is. */
    public enum State {
        CAME,
        /** It is on its way. */
        PENDING,
        /** It did not come for too long, or was given up. */
        FAILED
    }
}
