package io.filedrop.hubspot.executable;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** What the static fields of our classes hold once these are initialised, and nothing has run. */
final class StaticFields {

    private final Map<String, Object> held = new TreeMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private StaticFields() {}

    /**
     * Initialises every class of that folder, apart from those that tests have used.
     *
     * @return where it is held ({@code Class.FIELD.component}) and what; our own objects and
     *     collections are looked into
     */
    static Map<String, Object> afterInitialising(Path classes) throws Exception {
        StaticFields fields = new StaticFields();
        try (Ours loader = new Ours(classes);
                Stream<Path> files = Files.walk(classes)) {
            List<String> names =
                    files.map(file -> classes.relativize(file).toString())
                            .filter(file -> file.endsWith(".class"))
                            .map(file -> file.replaceAll("\\.class$", "").replace('/', '.'))
                            .sorted()
                            .toList();
            for (String name : names) {
                fields.lookInto(Class.forName(name, true, loader), null, name);
            }
        }
        return fields.held;
    }

    private void lookInto(Class<?> type, Object object, String where) throws Exception {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) == (object == null)) {
                field.setAccessible(true);
                see(field.get(object), where + "." + field.getName());
            }
        }
    }

    private void see(Object value, String where) throws Exception {
        if (value == null || !isNew(value)) {
            return;
        }
        if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                see(Array.get(value, i), where + "[" + i + "]");
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                see(entry.getValue(), where + "[" + entry.getKey() + "]");
            }
        } else if (value instanceof Collection<?> collection && !(value instanceof Path)) {
            for (Object element : collection) {
                see(element, where + "[" + element + "]");
            }
        } else if (value instanceof Optional<?> optional) {
            see(optional.orElse(null), where);
        } else if (value instanceof AtomicReference<?> reference) {
            see(reference.get(), where);
        } else if (value.getClass().getClassLoader() instanceof Ours) {
            held.put(where, value);
            for (Class<?> type = value.getClass();
                    type.getClassLoader() instanceof Ours;
                    type = type.getSuperclass()) {
                lookInto(type, value, where);
            }
        } else {
            held.put(where, value);
        }
    }

    /** Numbers and texts are no objects that could hold one another. */
    private boolean isNew(Object value) {
        return value instanceof Number || value instanceof CharSequence || seen.add(value);
    }

    /** Gives our classes anew, and those of the libraries as they are. */
    private static final class Ours extends URLClassLoader {

        private final Path classes;

        Ours(Path classes) throws IOException {
            super(
                    new URL[] {classes.toAbsolutePath().toUri().toURL()},
                    StaticFields.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (Files.notExists(classes.resolve(name.replace('.', '/') + ".class"))) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
