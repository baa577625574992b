package io.yuntai.quota;

/**
 * Which of the objects that bore one name, one after the other, is meant: Kubernetes' {@code uid}.
 * A lease that was deleted and made anew begins with an epoch that was there before; its
 * incarnation never was.
 */
public record Incarnation(String uid) {

    public Incarnation {
        if (uid.isEmpty() || uid.length() > 64) {
            throw new IllegalArgumentException("not a uid: " + uid);
        }
    }
}
