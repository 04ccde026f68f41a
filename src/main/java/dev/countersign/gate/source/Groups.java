package dev.countersign.gate.source;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps items in memory in groups, one for each id that items share. Adding and removing an item take the same time however
 * large its group is.
 *
 * @param <T> the items
 */
public final class Groups<T> {

    private final LongMap<Member<T>> first = new LongMap<>();

    /** Adds an item to the group of an id. */
    public Member<T> add(long id, T item) {
        Member<T> member = new Member<>(id, item);
        Member<T> next = first.put(id, member);
        member.next = next;
        if (next != null) {
            next.former = member;
        }
        return member;
    }

    /** Removes an item from its group. */
    public void remove(Member<T> member) {
        Member<T> next = member.next;
        Member<T> former = member.former;
        if (next != null) {
            next.former = former;
        }
        if (former != null) {
            former.next = next;
        } else if (next != null) {
            first.put(member.id, next);
        } else {
            first.remove(member.id);
        }
    }

    /** Does something with each item of a group; the group must not change meanwhile. */
    public void forEach(long id, Consumer<T> action) {
        for (Member<T> member = first.get(id); member != null; member = member.next) {
            action.accept(member.item);
        }
    }

    /** Holds an item and its neighbours in its group. */
    public static final class Member<T> {
        private final long id;
        private final T item;
        private @Nullable Member<T> next;
        private @Nullable Member<T> former;

        private Member(long id, T item) {
            this.id = id;
            this.item = item;
        }
    }
}
