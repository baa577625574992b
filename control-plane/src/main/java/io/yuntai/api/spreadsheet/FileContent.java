package io.yuntai.api.spreadsheet;

import io.yuntai.onboarding.register.RegisterFault;
import io.yuntai.onboarding.register.Table;
import java.util.List;

/** What came of reading a file. */
public sealed interface FileContent {

    /** Its tables, in codes where its words are known and as it says where they are not. */
    record Tables(List<Table> tables) implements FileContent {
        public Tables {
            tables = List.copyOf(tables);
        }
    }

    /** It cannot be read as what it claims to be, or is refused unread. */
    record Unreadable(RegisterFault fault) implements FileContent {}
}
