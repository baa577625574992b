export interface PricePackage {
  vcpu: number;
  memoryGib: number;
  /** Decimals as text. */
  yuanPerMonth: string;
}

/** What a GiB of a storage class costs. */
export interface PriceDisk {
  storageClass: string;
  /** Decimals as text. */
  yuanPerGibMonth: string;
}

/** What hosts cost from a day on. */
export interface PriceBook {
  id: string;
  effectiveFrom: string;
  basis: string;
  state: 'PROPOSED' | 'APPROVED' | 'REJECTED';
  /** The one that counts today. */
  inForce: boolean;
  proposedBy: { id: string; name: string };
  proposedAt: string;
  decidedBy: { id: string; name: string } | null;
  decidedAt: string | null;
  packages: PricePackage[];
  /** None: disks are not priced. */
  disks: PriceDisk[];
}
