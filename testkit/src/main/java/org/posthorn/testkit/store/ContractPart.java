package org.posthorn.testkit.store;

/** What the parts of the contract share. */
public interface ContractPart {
  /** The store of the running test. */
  TestedStore tested();
}
