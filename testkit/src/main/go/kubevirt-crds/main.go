// Command kubevirt-crds writes KubeVirt's own custom resource definitions, with their whole schema, into
// the folder of its first argument: one JSON file each, named as the definition is. In the folder "cdi" in
// that stands the definition of CDI's DataVolume, which not every cluster has.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"kubevirt.io/kubevirt/pkg/virt-operator/resource/generate/components"
)

// Those that a control plane writes or reads. All nineteen would add seconds to every start.
var definitions = []func() (*extv1.CustomResourceDefinition, error){
	components.NewVirtualMachineCrd,
	components.NewVirtualMachineInstanceCrd,
	components.NewVirtualMachineInstanceMigrationCrd,
	components.NewVirtualMachineClusterInstancetypeCrd,
	components.NewKubeVirtCrd,
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: kubevirt-crds FOLDER")
		os.Exit(2)
	}
	if err := writeAll(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writeAll(folder string) error {
	for _, definition := range definitions {
		if err := write(folder, definition); err != nil {
			return err
		}
	}
	cdi := filepath.Join(folder, "cdi")
	if err := os.MkdirAll(cdi, 0o755); err != nil {
		return err
	}
	return write(cdi, newDataVolumeCrd)
}

// CDI publishes no module with its definitions, but KubeVirt has generated the schema of a DataVolume's
// spec from CDI's own types, for the templates of a machine. Names are those that the types are marked with.
func newDataVolumeCrd() (*extv1.CustomResourceDefinition, error) {
	crd, err := components.NewVirtualMachineCrd()
	if err != nil {
		return nil, err
	}
	templates, ok := crd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties["spec"].Properties["dataVolumeTemplates"]
	if !ok || templates.Items == nil || templates.Items.Schema == nil {
		return nil, errors.New("a machine has no dataVolumeTemplates any more")
	}
	spec, ok := templates.Items.Schema.Properties["spec"]
	if !ok {
		return nil, errors.New("a dataVolumeTemplate has no spec any more")
	}
	anything := true
	crd.Name = "datavolumes.cdi.kubevirt.io"
	crd.Spec.Group = "cdi.kubevirt.io"
	crd.Spec.Names = extv1.CustomResourceDefinitionNames{
		Plural:     "datavolumes",
		Singular:   "datavolume",
		Kind:       "DataVolume",
		ShortNames: []string{"dv", "dvs"},
		Categories: []string{"all"},
	}
	crd.Spec.Versions = []extv1.CustomResourceDefinitionVersion{{
		Name:         "v1beta1",
		Served:       true,
		Storage:      true,
		Subresources: &extv1.CustomResourceSubresources{Status: &extv1.CustomResourceSubresourceStatus{}},
		Schema: &extv1.CustomResourceValidation{OpenAPIV3Schema: &extv1.JSONSchemaProps{
			Type:     "object",
			Required: []string{"spec"},
			Properties: map[string]extv1.JSONSchemaProps{
				"apiVersion": {Type: "string"},
				"kind":       {Type: "string"},
				"metadata":   {Type: "object"},
				"spec":       spec,
				"status":     {Type: "object", XPreserveUnknownFields: &anything},
			},
		}},
	}}
	return crd, nil
}

func write(folder string, definition func() (*extv1.CustomResourceDefinition, error)) error {
	crd, err := definition()
	if err != nil {
		return err
	}
	text, err := json.Marshal(crd)
	if err != nil {
		return err
	}
	// The Go type always prints a status, with nulls that the server refuses.
	var object map[string]any
	if err := json.Unmarshal(text, &object); err != nil {
		return err
	}
	delete(object, "status")
	if text, err = json.Marshal(object); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, crd.Name+".json"), text, 0o644)
}
