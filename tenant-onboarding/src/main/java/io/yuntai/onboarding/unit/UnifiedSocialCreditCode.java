package io.yuntai.onboarding.unit;

import java.util.regex.Pattern;

/**
 * The unified social credit code of a legal entity: 17 characters and a check character, per GB
 * 32100-2015. The letters I, O, Z, S and V are not used.
 *
 * @param value 18 characters
 */
public record UnifiedSocialCreditCode(String value) implements Comparable<UnifiedSocialCreditCode> {

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final Pattern SHAPE = Pattern.compile("[0-9A-HJ-NPQRTUWXY]{18}");

    public UnifiedSocialCreditCode {
        if (!hasShape(value) || value.charAt(17) != checkCharacter(value)) {
            throw new IllegalArgumentException("not a unified social credit code: " + value);
        }
    }

    /** Whether the text is made of 18 permitted characters, the check left aside. */
    public static boolean hasShape(String text) {
        return SHAPE.matcher(text).matches();
    }

    /**
     * The check character of the first 17: {@code 31 - (sum of c(i) * 3^(i-1) mod 31) mod 31}, GB
     * 32100-2015, 4.2.
     *
     * @param code at least 17 permitted characters; further ones are not looked at
     */
    public static char checkCharacter(String code) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            sum += ALPHABET.indexOf(code.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        return ALPHABET.charAt((31 - sum % 31) % 31);
    }

    @Override
    public int compareTo(UnifiedSocialCreditCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
