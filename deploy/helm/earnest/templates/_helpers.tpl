{{/* A service's settings: its own over the defaults. */}}
{{- define "earnest.service" -}}
{{- mergeOverwrite (deepCopy .root.Values.defaults) (deepCopy (default dict (get .root.Values.services .name))) | toYaml -}}
{{- end -}}

{{- define "earnest.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{- define "earnest.labels" -}}
{{ include "earnest.selector" . }}
app.kubernetes.io/part-of: earnest
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "earnest.image" -}}
{{ .root.Values.image.registry }}/{{ .name }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}-{{ .root.Values.image.kind }}
{{- end -}}

{{/* task-service → task */}}
{{- define "earnest.database" -}}
{{ trimSuffix "-service" . }}
{{- end -}}

{{- define "earnest.bootstrapServers" -}}
{{- if .Values.kafka.strimzi.cluster -}}
{{ .Values.kafka.strimzi.name }}-kafka-bootstrap:9092
{{- else -}}
{{ .Values.kafka.bootstrapServers }}
{{- end -}}
{{- end -}}

{{- define "earnest.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "earnest.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* An environment variable from a Secret. */}}
{{- define "earnest.fromSecret" -}}
- name: {{ .name }}
  valueFrom: {secretKeyRef: {name: {{ .secret }}, key: {{ .key }}}}
{{- end -}}

{{/* The Secret of a service's database, where no operator makes the database. */}}
{{- define "earnest.databaseSecret" -}}
{{ .service.database.secretName | default (printf "earnest-%s-database" (include "earnest.database" .name)) }}
{{- end -}}

{{/* Where a service finds its database, and as whom it runs there. */}}
{{- define "earnest.databaseEnvironment" -}}
{{- $database := include "earnest.database" .name -}}
{{- $secret := include "earnest.databaseSecret" . -}}
{{- if .root.Values.postgres.managed -}}
{{- $secret = printf "earnest-%s-runner" $database -}}
- name: QUARKUS_DATASOURCE_JDBC_URL
  value: jdbc:postgresql://earnest-{{ $database }}-rw:5432/{{ $database }}
{{- else -}}
{{ include "earnest.fromSecret" (dict "name" "QUARKUS_DATASOURCE_JDBC_URL" "secret" $secret "key" "jdbc-url") }}
{{- end }}
{{ include "earnest.fromSecret" (dict "name" "QUARKUS_DATASOURCE_USERNAME" "secret" $secret "key" "username") }}
{{ include "earnest.fromSecret" (dict "name" "QUARKUS_DATASOURCE_PASSWORD" "secret" $secret "key" "password") }}
{{- end -}}

{{/* The role that migrates; only the init container has it. */}}
{{- define "earnest.ownerEnvironment" -}}
{{- $secret := include "earnest.databaseSecret" . -}}
{{- $role := "owner-" -}}
{{- if .root.Values.postgres.managed -}}
{{- $secret = printf "earnest-%s-app" (include "earnest.database" .name) -}}
{{- $role = "" -}}
{{- end -}}
{{ include "earnest.fromSecret" (dict "name" "QUARKUS_FLYWAY_USERNAME" "secret" $secret "key" (printf "%susername" $role)) }}
{{ include "earnest.fromSecret" (dict "name" "QUARKUS_FLYWAY_PASSWORD" "secret" $secret "key" (printf "%spassword" $role)) }}
{{- end -}}

{{/* What every container of a service is told. */}}
{{- define "earnest.environment" -}}
- {name: QUARKUS_HTTP_PORT, value: "8080"}
- {name: KAFKA_BOOTSTRAP_SERVERS, value: {{ include "earnest.bootstrapServers" .root | quote }}}
- {name: MP_JWT_VERIFY_PUBLICKEY_LOCATION, value: {{ .root.Values.identity.publicKeyLocation | quote }}}
- {name: MP_JWT_VERIFY_PUBLICKEY_ALGORITHM, value: {{ .root.Values.identity.algorithms | quote }}}
- {name: MP_JWT_VERIFY_ISSUER, value: {{ .root.Values.identity.issuer | quote }}}
- {name: MP_JWT_VERIFY_AUDIENCES, value: {{ .root.Values.identity.audience | quote }}}
- {name: EARNEST_PUBLIC_URL, value: {{ .root.Values.publicUrl | quote }}}
- {name: EARNEST_TRUSTED_PROXIES, value: {{ .root.Values.trustedProxies | quote }}}
- {name: EARNEST_FEE_BASIS_POINTS, value: {{ .root.Values.feeBasisPoints | quote }}}
- {name: EARNEST_RATE_LIMIT_PER_SECOND, value: {{ .root.Values.rateLimit.perSecond | quote }}}
- {name: EARNEST_RATE_LIMIT_BURST, value: {{ .root.Values.rateLimit.burst | quote }}}
- {name: EARNEST_RATE_LIMIT_BAD_TOKENS_PER_MINUTE, value: {{ .root.Values.rateLimit.badTokensPerMinute | quote }}}
- {name: QUARKUS_DATASOURCE_JDBC_MAX_SIZE, value: {{ .service.connections | quote }}}
{{ include "earnest.fromSecret" (dict "name" "EARNEST_SECRET" "secret" .root.Values.secretName "key" "secret") }}
{{ include "earnest.databaseEnvironment" . }}
{{- end -}}

{{/*
The paths of a service as regular expressions: all routes are of one kind, so that the longer, more specific one wins in
every implementation, whatever it thinks of prefixes beside expressions.
*/}}
{{- define "earnest.path" -}}
{{ . | replace "{id}" "[^/]+" | replace "/**" "(/.*)?" }}
{{- end -}}
