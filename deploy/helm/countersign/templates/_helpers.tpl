{{/* The name of the objects. It leaves room for "-migration" in the 63 characters of a name. */}}
{{- define "countersign.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* The labels that select the objects of a release. Context: the root, and a component if there is one. */}}
{{- define "countersign.selector" -}}
{{- $root := first . -}}
app.kubernetes.io/name: {{ $root.Chart.Name }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
{{- range rest . }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{/* The labels of an object. Context: the root, and a component if there is one. */}}
{{- define "countersign.labels" -}}
{{- $root := first . -}}
{{ include "countersign.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{/* Annotations of an object that exists only for the migration: it comes before the Job and goes after it. */}}
{{- define "countersign.migrationHook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: "-1"
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}

{{- define "countersign.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What the pods of the API and of the migration have in common. */}}
{{- define "countersign.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{/* What their containers have in common. */}}
{{- define "countersign.container" -}}
image: {{ include "countersign.image" . }}
{{- with .Values.image.pullPolicy }}
imagePullPolicy: {{ . }}
{{- end }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop:
      - ALL
{{- end -}}

{{/* The settings, and the login of the database from a Secret. Context: the root, the name of the Secret. */}}
{{- define "countersign.env" -}}
{{- $root := first . -}}
{{- $secret := last . -}}
{{- range $name, $value := $root.Values.config -}}
- name: {{ $name }}
  value: {{ $value | quote }}
{{ end -}}
- name: COUNTERSIGN_DB_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ $root.Values.secret.usernameKey }}
- name: COUNTERSIGN_DB_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ $root.Values.secret.passwordKey }}
{{- end -}}

{{/* Egress rules: DNS, each port of the database's hosts, and that of the collector of traces. */}}
{{- define "countersign.egress" -}}
- ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
- ports:
    {{- $hosts := .Values.config.COUNTERSIGN_DB_URL | trimPrefix "postgresql://" | splitList "/" | first }}
    {{- $ports := list }}
    {{- range splitList "," $hosts }}
    {{- $ports = append $ports (regexFind ":[0-9]+$" . | trimPrefix ":" | default "5432") }}
    {{- end }}
    {{- range $ports | uniq }}
    - port: {{ . }}
      protocol: TCP
    {{- end }}
{{- with .Values.config.QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT }}
{{- $collector := urlParse . }}
- ports:
    - port: {{ regexFind ":[0-9]+$" $collector.host | trimPrefix ":" | default (ternary "443" "80" (eq $collector.scheme "https")) }}
      protocol: TCP
{{- end }}
{{- with .Values.networkPolicy.extraEgress }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Refuses numbers of pods that do not fit each other or the connections of the database: docs/operations.md. */}}
{{- define "countersign.checkPods" -}}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- fail (printf "autoscaling.minReplicas is %d, but autoscaling.maxReplicas is %d." (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- end -}}
{{- $pods := ternary .Values.autoscaling.maxReplicas .Values.replicas .Values.autoscaling.enabled | int -}}
{{- $each := add (.Values.config.COUNTERSIGN_DB_POOL_SIZE | default "8" | int) 2 -}}
{{- $needed := mul (add $pods 2) $each -}}
{{- if gt $needed (int .Values.database.connections) -}}
{{- fail (printf "%d pods, and 2 more during a rollout, with %d connections each need %d connections, but database.connections is %d. Lower %s or config.COUNTERSIGN_DB_POOL_SIZE, or raise max_connections of PostgreSQL and database.connections." $pods $each $needed (int .Values.database.connections) (ternary "autoscaling.maxReplicas" "replicas" .Values.autoscaling.enabled)) -}}
{{- end -}}
{{- end -}}

{{/* Refuses settings that issuer.enabled sets, too. */}}
{{- define "countersign.checkIssuer" -}}
{{- if .Values.issuer.enabled -}}
{{- range list "COUNTERSIGN_ISSUERS_CLUSTER_ISSUER" "COUNTERSIGN_ISSUERS_CLUSTER_AUDIENCE" "COUNTERSIGN_ISSUERS_CLUSTER_JWKS_URL" "COUNTERSIGN_ISSUERS_CLUSTER_JWKS_FILE" "COUNTERSIGN_ISSUERS_CLUSTER_JWKS_CA_FILE" "COUNTERSIGN_ISSUERS_CLUSTER_JWKS_TOKEN_FILE" -}}
{{- if hasKey $.Values.config . -}}
{{- fail (printf "config.%s is set beside issuer.enabled, which names the keys of CLUSTER. Give another issuer another name." .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
