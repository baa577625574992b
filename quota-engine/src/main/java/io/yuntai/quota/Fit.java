package io.yuntai.quota;

/**
 * What would help somebody who was denied: how much of what was asked there is room for.
 *
 * @param each of each resource the largest amount that fits when nothing else is asked, all its
 *     legs cut alike; never more than was asked
 * @param parts how many of the equal parts that the request falls into fit together: of twenty
 *     hosts alike, seventeen
 * @param of how many equal parts there are; 1 when the request is not of like things
 */
public record Fit(Amounts each, long parts, long of) {

    public Fit {
        if (parts < 0 || of < 1 || parts > of) {
            throw new IllegalArgumentException(parts + " parts of " + of);
        }
    }
}
