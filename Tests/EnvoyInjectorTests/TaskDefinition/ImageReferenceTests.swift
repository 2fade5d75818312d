import TaskDefinitions
import Testing

@testable import EnvoyInjector

@Suite struct ImageReferenceTests {
  @Test(
    arguments: [
      ("nginx", "nginx", nil), ("nginx:1.29", "nginx", "1.29"),
      ("public.ecr.aws/appmesh/aws-appmesh-envoy:v1-prod", "aws-appmesh-envoy", "v1-prod"),
      ("registry:5000/team/app", "app", nil), ("registry:5000/app:2", "app", "2"),
      ("app@sha256:0123", "app", nil), ("team/app:2@sha256:0123", "app", "2"), ("", "", nil),
    ] as [(String, String, String?)])
  func takesAnImageApart(image: String, repository: String, tag: String?) {
    #expect(ImageReference(image).repository == repository)
    #expect(ImageReference(image).tag == tag)
    Array(image.utf8).withUnsafeBufferPointer { bytes in
      #expect(ImageReference.isRepository(["other", repository], of: bytes))
      #expect(!ImageReference.isRepository([repository + "s", "s" + repository], of: bytes))
    }
  }
}
