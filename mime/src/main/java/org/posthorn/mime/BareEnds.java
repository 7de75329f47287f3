package org.posthorn.mime;

/** Tells of the first CR and of the first LF of a message that stand alone. */
final class BareEnds {

  private final Defects defects;
  private boolean crTold;
  private boolean lfTold;

  BareEnds(Defects defects) {
    this.defects = defects;
  }

  /** Begins a message. */
  void clear() {
    crTold = false;
    lfTold = false;
  }

  void cr(long position) {
    if (!crTold) {
      crTold = true;
      defects.add(Defect.Kind.BARE_CR, position);
    }
  }

  void lf(long position) {
    if (!lfTold) {
      lfTold = true;
      defects.add(Defect.Kind.BARE_LF, position);
    }
  }
}
