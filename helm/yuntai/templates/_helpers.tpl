{{- define "yuntai.name" -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "yuntai.selector" -}}
app.kubernetes.io/name: yuntai
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "yuntai.labels" -}}
{{ include "yuntai.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: control-plane
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "yuntai.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "yuntai.name" .) -}}
{{- end -}}

{{- define "yuntai.image" -}}
{{- $repository := required "image.repository is required: where your image of the control plane is" .Values.image.repository -}}
{{- if .Values.image.digest -}}
{{ $repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ $repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}
