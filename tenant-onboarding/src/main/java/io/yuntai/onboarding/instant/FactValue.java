package io.yuntai.onboarding.instant;

import java.util.List;

/** What a fact says. */
public sealed interface FactValue {

    /** As expressions see it. */
    Object raw();

    record Flag(boolean value) implements FactValue {
        @Override
        public Object raw() {
            return value;
        }
    }

    record Whole(long value) implements FactValue {
        @Override
        public Object raw() {
            return value;
        }
    }

    record Real(double value) implements FactValue {
        @Override
        public Object raw() {
            return value;
        }
    }

    record Text(String value) implements FactValue {
        @Override
        public Object raw() {
            return value;
        }
    }

    record Texts(List<String> value) implements FactValue {
        public Texts {
            value = List.copyOf(value);
        }

        @Override
        public Object raw() {
            return value;
        }
    }

    /** Whether it is what a fact of this type says. */
    default boolean is(Fact.Type type) {
        return type
                == switch (this) {
                    case Flag _ -> Fact.Type.FLAG;
                    case Whole _ -> Fact.Type.WHOLE;
                    case Real _ -> Fact.Type.REAL;
                    case Text _ -> Fact.Type.TEXT;
                    case Texts _ -> Fact.Type.TEXTS;
                };
    }
}
