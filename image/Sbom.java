import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/// The bill of materials of the image, in CycloneDX, from that of the build.
///
///     java -cp JACKSON Sbom.java BUILD_SBOM RUNTIME/release SECONDS > sbom.json
///
/// The build's also lists what development and the tests use. Kept are the jars that have a place in the image;
/// the Java runtime is added. The time is the image's, so that the same input makes the same bytes.
final class Sbom {

    public static void main(String[] arguments) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode sbom = (ObjectNode) json.readTree(Path.of(arguments[0]).toFile());
        Set<String> kept = new HashSet<>();
        kept.add(sbom.path("metadata").path("component").path("bom-ref").asText());
        ArrayNode components = json.createArrayNode();
        for (JsonNode component : sbom.path("components")) {
            String place = component.path("evidence").path("occurrences").path(0).path("location").asText();
            if (place.endsWith(".jar") && place.contains("/")) {
                components.add(component);
                kept.add(component.path("bom-ref").asText());
            }
        }
        Properties release = new Properties();
        try (var in = Files.newInputStream(Path.of(arguments[1]))) {
            release.load(in);
        }
        String version = release.getProperty("JAVA_RUNTIME_VERSION", release.getProperty("JAVA_VERSION")).replace("\"", "");
        components.addObject()
                .put("type", "platform")
                .put("bom-ref", "java-runtime")
                .put("name", "OpenJDK")
                .put("version", version)
                .put("description", "modules: " + release.getProperty("MODULES", "").replace("\"", ""));
        sbom.set("components", components);
        sbom.set("dependencies", dependencies(json, sbom, kept));
        ((ObjectNode) sbom.get("metadata"))
                .put("timestamp", Instant.ofEpochSecond(Long.parseLong(arguments[2])).toString());
        System.out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(sbom));
    }

    private static ArrayNode dependencies(ObjectMapper json, ObjectNode sbom, Set<String> kept) {
        ArrayNode dependencies = json.createArrayNode();
        for (JsonNode dependency : sbom.path("dependencies")) {
            if (kept.contains(dependency.path("ref").asText())) {
                ObjectNode left = dependencies.addObject().put("ref", dependency.path("ref").asText());
                ArrayNode on = json.createArrayNode();
                dependency.path("dependsOn").forEach(ref -> {
                    if (kept.contains(ref.asText())) {
                        on.add(ref);
                    }
                });
                if (!on.isEmpty()) {
                    left.set("dependsOn", on);
                }
            }
        }
        return dependencies;
    }
}
