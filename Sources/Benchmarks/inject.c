/* The same edits as inject.jq, with json-c: of one document, of a stream of them, or of the task
   definitions of a CloudFormation template. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct json_object json;

/* A template spells members with capitals. */
static int is_template;

static const char *spelled(const char *name) {
  static char buffer[64];
  if (!is_template) return name;
  if (!strcmp(name, "properties")) return "ProxyConfigurationProperties";
  snprintf(buffer, sizeof buffer, "%c%s", name[0] - 'a' + 'A', name + 1);
  return buffer;
}

static json *get(json *object, const char *name) {
  json *value = NULL;
  json_object_object_get_ex(object, spelled(name), &value);
  return value;
}

static void set(json *object, const char *name, json *value) {
  json_object_object_add(object, spelled(name), value);
}

static json *text(const char *text) { return json_object_new_string(text); }
static json *number(int number) { return json_object_new_int(number); }

static void append(json *array, json *element) { json_object_array_add(array, element); }

static void append_pair(json *array, const char *one, const char *first, const char *other,
                        const char *second) {
  json *pair = json_object_new_object();
  set(pair, one, text(first));
  set(pair, other, text(second));
  append(array, pair);
}

static json *environment(void) {
  json *list = json_object_new_array();
  append_pair(list, "name", "ENVOY_LOG_LEVEL", "value", "info");
  append_pair(list, "name", "ENVOY_CONCURRENCY", "value", "2");
  append_pair(list, "name", "APPMESH_RESOURCE_ARN", "value", "mesh/m/virtualNode/n");
  return list;
}

static json *health_check(void) {
  json *check = json_object_new_object(), *command = json_object_new_array();
  append(command, text("CMD-SHELL"));
  append(command, text("curl -s http://localhost:9901/server_info | grep state | grep -q LIVE"));
  set(check, "command", command);
  set(check, "interval", number(5));
  set(check, "timeout", number(2));
  set(check, "retries", number(3));
  set(check, "startPeriod", number(10));
  return check;
}

static json *limits(void) {
  json *list = json_object_new_array(), *limit = json_object_new_object();
  set(limit, "name", text("nofile"));
  set(limit, "softLimit", number(65536));
  set(limit, "hardLimit", number(65536));
  append(list, limit);
  return list;
}

static json *logging(json *containers) {
  json *copy = NULL, *log = get(json_object_array_get_idx(containers, 0), "logConfiguration");
  if (!log) return NULL;
  json_object_deep_copy(log, &copy, NULL);
  if (!strcmp(json_object_get_string(get(copy, "logDriver")), "awslogs"))
    json_object_object_add(get(copy, "options"), "awslogs-stream-prefix", text("envoy"));
  return copy;
}

static json *envoy(json *containers) {
  json *envoy = json_object_new_object();
  set(envoy, "name", text("envoy"));
  set(envoy, "image", text("public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.13.3-prod"));
  set(envoy, "memoryReservation", number(128));
  set(envoy, "essential", json_object_new_boolean(1));
  set(envoy, "user", text("1337"));
  set(envoy, "environment", environment());
  set(envoy, "healthCheck", health_check());
  set(envoy, "ulimits", limits());
  set(envoy, "startTimeout", number(60));
  set(envoy, "stopTimeout", number(40));
  json *log = logging(containers);
  if (log) set(envoy, "logConfiguration", log);
  return envoy;
}

static json *proxy(const char *ports) {
  json *proxy = json_object_new_object(), *list = json_object_new_array();
  set(proxy, "type", text("APPMESH"));
  set(proxy, "containerName", text("envoy"));
  append_pair(list, "name", "AppPorts", "value", ports);
  append_pair(list, "name", "ProxyEgressPort", "value", "15001");
  append_pair(list, "name", "ProxyIngressPort", "value", "15000");
  append_pair(list, "name", "EgressIgnoredIPs", "value", "169.254.170.2,169.254.169.254");
  append_pair(list, "name", "EgressIgnoredPorts", "value", "22");
  append_pair(list, "name", "IgnoredUID", "value", "1337");
  set(proxy, "properties", list);
  return proxy;
}

static void wait_for_envoy(json *container) {
  json *list = get(container, "dependsOn");
  if (!list) set(container, "dependsOn", list = json_object_new_array());
  append_pair(list, "containerName", "envoy", "condition", "HEALTHY");
}

static void add_ports(json *container, char *ports) {
  json *mappings = get(container, "portMappings");
  size_t count = mappings ? json_object_array_length(mappings) : 0;
  for (size_t i = 0; i < count; i++) {
    json *mapping = json_object_array_get_idx(mappings, i), *protocol = get(mapping, "protocol");
    if (protocol && strcmp(json_object_get_string(protocol), "tcp")) continue;
    int port = json_object_get_int(get(mapping, "containerPort"));
    sprintf(ports + strlen(ports), "%s%d", *ports ? "," : "", port);
  }
}

static void inject(json *task) {
  json *containers = get(task, "containerDefinitions");
  size_t count = json_object_array_length(containers);
  char ports[1024] = "";
  for (size_t i = 0; i < count; i++) {
    json *container = json_object_array_get_idx(containers, i);
    add_ports(container, ports);
    wait_for_envoy(container);
  }
  append(containers, envoy(containers));
  set(task, "proxyConfiguration", proxy(ports));
}

static void inject_all(json *document) {
  json *resources, *type;
  is_template = json_object_object_get_ex(document, "Resources", &resources);
  if (!is_template) {
    inject(document);
    return;
  }
  json_object_object_foreach(resources, name, resource) {
    (void)name;
    if (json_object_object_get_ex(resource, "Type", &type) &&
        !strcmp(json_object_get_string(type), "AWS::ECS::TaskDefinition"))
      inject(json_object_object_get(resource, "Properties"));
  }
}

static void print(json *document) {
  size_t length;
  const int flags = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE;
  const char *printed = json_object_to_json_string_length(document, flags, &length);
  fwrite(printed, 1, length, stdout);
  putchar('\n');
}

int main(void) {
  static char buffer[1 << 18];
  json_tokener *tokener = json_tokener_new_ex(128);
  ssize_t count;
  while ((count = read(0, buffer, sizeof buffer)) > 0) {
    for (ssize_t start = 0; start < count;) {
      json *document = json_tokener_parse_ex(tokener, buffer + start, (int)(count - start));
      start += (ssize_t)json_tokener_get_parse_end(tokener);
      if (!document) {
        if (json_tokener_get_error(tokener) == json_tokener_continue) break;
        return 1;
      }
      inject_all(document);
      print(document);
      json_object_put(document);
      json_tokener_reset(tokener);
      while (start < count && (unsigned char)buffer[start] <= ' ') start++;
    }
  }
  return 0;
}
