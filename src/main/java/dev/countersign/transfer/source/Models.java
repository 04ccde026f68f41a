package dev.countersign.transfer.source;

import java.io.IOException;
import java.sql.SQLException;

/** Turns the objects of one program's export into rows. */
interface Models {

    /**
     * Hands the rows of an object to the sink, or counts an object that is not taken.
     *
     * @throws MalformedException if the object cannot be stored
     */
    void read(ModelObject object, RowSink sink) throws MalformedException, IOException, SQLException;
}
