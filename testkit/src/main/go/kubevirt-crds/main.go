// Command kubevirt-crds writes KubeVirt's own custom resource definitions, with their whole schema, into
// the folder of its first argument: one JSON file each, named as the definition is.
package main

import (
	"encoding/json"
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
	for _, definition := range definitions {
		if err := write(os.Args[1], definition); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
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
