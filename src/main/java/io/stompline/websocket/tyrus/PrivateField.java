package io.stompline.websocket.tyrus;

import java.lang.reflect.Field;

/** A non-public field of one name, looked up once in each class that is asked. Thread-safe. */
final class PrivateField extends ClassValue<Field> {
    private final String name;

    PrivateField(String name) {
        this.name = name;
    }

    /**
     * The field of a class or, if it declares none, of its nearest ancestor that does.
     *
     * @throws IllegalArgumentException if there is none
     */
    Field in(Class<?> type) {
        return get(type);
    }

    /** The value in an object. */
    Object of(Object owner) throws IllegalAccessException {
        return in(owner.getClass()).get(owner);
    }

    /** Sets the value in an object. */
    void set(Object owner, Object value) throws IllegalAccessException {
        in(owner.getClass()).set(owner, value);
    }

    @Override
    protected Field computeValue(Class<?> type) {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no field " + name);
    }
}
