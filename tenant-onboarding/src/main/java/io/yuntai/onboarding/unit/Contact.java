package io.yuntai.onboarding.unit;

import io.yuntai.onboarding.PlainText;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom to call at a unit.
 *
 * @param name 1 to 100 characters; unique within the unit
 * @param phone 1 to 40 of digits, spaces and {@code + - ( ) # *}
 * @param account empty: does not sign in
 */
public record Contact(String name, String phone, String email, Optional<Account> account) {

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9(][0-9 ()#*-]{0,38}");
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s,;<>\"]{1,64}@[^@\\s,;<>\"]+\\.[^@\\s,;<>\".]+");

    /** How a contact signs in, and as what. */
    public record Account(Login login, UnitRole role) {}

    public Contact {
        PlainText.require(name, 1, 100);
        if (!isPhone(phone) || !isEmail(email)) {
            throw new IllegalArgumentException("not a phone and an email address: " + name);
        }
    }

    public static boolean isPhone(String text) {
        return PHONE.matcher(text).matches();
    }

    public static boolean isEmail(String text) {
        return text.length() <= 254 && EMAIL.matcher(text).matches();
    }
}
