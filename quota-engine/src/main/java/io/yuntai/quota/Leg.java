package io.yuntai.quota;

/**
 * One movement of a transfer: what a leaf is to hold more, or, where negative, less.
 *
 * @param leaf where it is held
 * @param amounts in base units
 */
public record Leg(NodeId leaf, Amounts amounts) {}
