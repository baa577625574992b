package io.yuntai.onboarding.application;

/**
 * As much of one item as a review leaves of it; never more than was asked for.
 *
 * @param position of the item in the order, from 0
 * @param count 0: nothing of it; of a namespace 1
 * @param vcpu processors, of each host
 * @param storageGib the system disk of each host, or the storage of a namespace
 */
public record Cut(int position, int count, int vcpu, int memoryGib, int storageGib) {}
