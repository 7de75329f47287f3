package org.posthorn.delivery;

/** What happens when mail is for a folder that is not there. */
public enum MissingFolder {
  /** It goes into INBOX. */
  INBOX,
  /** The folder is made. With {@link DetailPolicy#FOLDER} every sender can make folders then. */
  CREATED
}
